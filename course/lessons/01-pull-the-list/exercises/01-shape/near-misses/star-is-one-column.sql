SELECT 1 AS n_columns, 3 AS n_rows
