SELECT COUNT(*)                     AS a,
       COUNT(guest_rating)          AS b,
       COUNT(DISTINCT guest_rating) AS c,
       AVG(guest_rating)            AS d,
       SUM(CASE WHEN guest_rating <> 5 THEN 1 ELSE 0 END) AS e
FROM (VALUES (5), (NULL), (3), (NULL), (5), (4)) AS ratings_mini(guest_rating)
