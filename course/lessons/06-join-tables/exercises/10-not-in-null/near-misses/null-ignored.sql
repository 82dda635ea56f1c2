SELECT 3 AS n_rows, 3 AS n_rows_without_null
