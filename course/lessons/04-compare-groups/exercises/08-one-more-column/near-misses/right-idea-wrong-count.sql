SELECT 'a' AS answer, 4 AS n_rows
