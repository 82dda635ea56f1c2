SELECT 5 AS n_rows, 1 AS times
