WITH counted AS (
  SELECT c.area_code, c.cast_id, COUNT(*) AS talks
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
    AND NOT c.is_test
    AND t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND t.opened_at_utc < TIMESTAMP '2025-12-31 20:00'
  GROUP BY c.area_code, c.cast_id
)
SELECT a.area_code, COUNT(b.cast_id) + 1 AS place, a.cast_id, a.talks
FROM counted AS a
LEFT JOIN counted AS b
       ON b.area_code = a.area_code
      AND (b.talks > a.talks OR (b.talks = a.talks AND b.cast_id < a.cast_id))
GROUP BY a.area_code, a.cast_id, a.talks
HAVING COUNT(b.cast_id) < 3
ORDER BY a.area_code, place
