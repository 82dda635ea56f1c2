SELECT 0 AS n_rows, 2 AS n_rows_without_null
