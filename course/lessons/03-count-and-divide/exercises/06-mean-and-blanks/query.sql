SELECT AVG(guest_rating)            AS avg_score,
       SUM(guest_rating) / COUNT(*) AS sum_per_row
FROM (VALUES (5), (NULL), (3), (NULL), (4)) AS ratings_mini(guest_rating)
