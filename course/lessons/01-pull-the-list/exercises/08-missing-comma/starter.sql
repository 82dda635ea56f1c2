SELECT ___ AS n_columns
