SELECT 12 AS n_columns, 4 AS n_rows
