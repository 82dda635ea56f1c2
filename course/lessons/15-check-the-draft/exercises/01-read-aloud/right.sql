SELECT COUNT(*) AS talks
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-12-01 20:00'
