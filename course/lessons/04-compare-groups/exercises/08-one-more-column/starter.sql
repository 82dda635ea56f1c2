SELECT '___' AS answer, ___ AS n_rows
