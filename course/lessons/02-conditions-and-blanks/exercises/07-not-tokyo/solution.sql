SELECT false AS included, 1 AS n_rows
