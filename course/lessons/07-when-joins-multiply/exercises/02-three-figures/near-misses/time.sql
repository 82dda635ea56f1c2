SELECT false AS a, true AS b, true AS c, false AS d, true AS e, true AS f
