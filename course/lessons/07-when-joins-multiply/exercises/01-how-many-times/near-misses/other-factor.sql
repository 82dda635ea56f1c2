SELECT 6 AS n_rows, 3 AS times
