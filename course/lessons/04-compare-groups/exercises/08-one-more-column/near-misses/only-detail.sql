SELECT 'b' AS answer, 2 AS n_rows
