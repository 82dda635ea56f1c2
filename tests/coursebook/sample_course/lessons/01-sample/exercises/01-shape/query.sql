SELECT COUNT(*)     AS a,
       COUNT(score) AS b,
       AVG(score)   AS c
FROM (VALUES (5), (NULL), (3), (NULL), (5), (4)) AS reviews_mini(score)
