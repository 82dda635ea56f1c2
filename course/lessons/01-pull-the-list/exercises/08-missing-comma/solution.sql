SELECT 1 AS n_columns
