SELECT 6 AS a, 4 AS b, 3 AS c, 4.25 AS d, 4 AS e
