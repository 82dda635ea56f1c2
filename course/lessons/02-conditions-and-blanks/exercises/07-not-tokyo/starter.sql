SELECT ___ AS included, ___ AS n_rows
