SELECT ___ AS n_columns, ___ AS n_rows
