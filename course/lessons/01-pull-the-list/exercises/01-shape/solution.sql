SELECT 12 AS n_columns, 3 AS n_rows
