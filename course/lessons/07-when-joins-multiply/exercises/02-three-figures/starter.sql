SELECT ___ AS a, ___ AS b, ___ AS c, ___ AS d, ___ AS e, ___ AS f
