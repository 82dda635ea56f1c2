SELECT ___ AS n_rows, ___ AS times
