SELECT true AS a, false AS b, true AS c, false AS d, false AS e
