SELECT 3 AS n_rows, 5 AS n_rows_with_null
