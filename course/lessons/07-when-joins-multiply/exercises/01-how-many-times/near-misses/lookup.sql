SELECT 2 AS n_rows, 1 AS times
