SELECT 0 AS n_columns
