SELECT DATE '___' AS p1, DATE '___' AS p2, DATE '___' AS p3
