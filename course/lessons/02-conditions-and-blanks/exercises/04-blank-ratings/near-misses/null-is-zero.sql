SELECT 6 AS a, 4 AS b, 3 AS c, 2.83 AS d, 2 AS e
