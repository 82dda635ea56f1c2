SELECT false AS a, true AS b, true AS c, true AS d, true AS e, false AS f
