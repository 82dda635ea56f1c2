SELECT false AS a, true AS b, true AS c, false AS d, false AS e, false AS f
