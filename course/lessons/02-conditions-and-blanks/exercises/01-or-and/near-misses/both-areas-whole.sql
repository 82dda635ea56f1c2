SELECT true AS a, true AS b, true AS c, true AS d, false AS e
