WITH r AS (SELECT cast_id, COUNT(guest_rating) AS ratings, AVG(guest_rating) AS avg_rating FROM appointments GROUP BY cast_id)
SELECT c.cast_id, c.display_name, r.ratings, r.avg_rating
FROM r JOIN casts AS c USING (cast_id)
WHERE r.ratings >= 3 AND r.avg_rating < 3 AND c.is_test = FALSE
ORDER BY r.avg_rating, c.cast_id
