SELECT false AS a, true AS b, false AS c, false AS d, true AS e, false AS f
