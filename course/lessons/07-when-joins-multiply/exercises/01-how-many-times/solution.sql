SELECT 6 AS n_rows, 2 AS times
