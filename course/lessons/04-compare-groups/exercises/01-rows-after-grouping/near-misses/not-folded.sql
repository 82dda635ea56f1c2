SELECT 6 AS n_rows, 8 AS n_rows_with_null
