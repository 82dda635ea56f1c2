SELECT 3 AS n_columns, 12 AS n_rows
