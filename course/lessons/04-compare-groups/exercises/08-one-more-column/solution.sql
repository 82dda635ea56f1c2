SELECT 'a' AS answer, 3 AS n_rows
