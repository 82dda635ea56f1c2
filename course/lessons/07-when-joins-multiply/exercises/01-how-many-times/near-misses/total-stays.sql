SELECT 6 AS n_rows, 1 AS times
