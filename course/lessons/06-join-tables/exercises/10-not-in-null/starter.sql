SELECT ___ AS n_rows, ___ AS n_rows_without_null
