SELECT ___ AS a, ___ AS b, ___ AS c
