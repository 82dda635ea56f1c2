SELECT c.area_code, c.cast_id, COUNT(*) AS talks
FROM talks AS t
JOIN casts AS c ON c.cast_id = t.cast_id
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND NOT c.is_test
  AND t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY c.area_code, c.cast_id
