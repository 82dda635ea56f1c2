SELECT c.cast_id, c.display_name, COUNT(a.guest_rating) AS ratings, AVG(a.guest_rating) AS avg_rating
FROM casts AS c
JOIN appointments AS a ON a.cast_id = c.cast_id
WHERE NOT c.is_test
GROUP BY c.cast_id, c.display_name
HAVING AVG(a.guest_rating) < 3
ORDER BY avg_rating, c.cast_id
