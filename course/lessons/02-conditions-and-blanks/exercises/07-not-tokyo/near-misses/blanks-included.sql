SELECT true AS included, 3 AS n_rows
