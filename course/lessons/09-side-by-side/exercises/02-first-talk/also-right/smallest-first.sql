WITH first_at AS (
  SELECT guest_id, MIN(opened_at_utc) AS first_at FROM talks GROUP BY guest_id
),
first_id AS (
  SELECT t.guest_id, MIN(t.talk_id) AS talk_id
  FROM talks AS t
  JOIN first_at AS f ON f.guest_id = t.guest_id AND f.first_at = t.opened_at_utc
  GROUP BY t.guest_id
)
SELECT t.guest_id, t.talk_id, t.cast_id, t.opened_at_utc
FROM first_id AS f
JOIN talks AS t ON t.talk_id = f.talk_id
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND g.registered_at_utc < TIMESTAMP '2025-12-31 20:00'
ORDER BY t.guest_id
