SELECT false AS included, 3 AS n_rows
