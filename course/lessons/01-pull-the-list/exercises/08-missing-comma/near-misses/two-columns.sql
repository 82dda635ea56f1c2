SELECT 2 AS n_columns
