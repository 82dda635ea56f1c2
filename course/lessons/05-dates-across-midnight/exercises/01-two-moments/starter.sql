SELECT DATE '___' AS a, DATE '___' AS b
