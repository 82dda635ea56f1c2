WITH numbered AS (
  SELECT t.guest_id, t.talk_id, t.cast_id, t.opened_at_utc,
         ROW_NUMBER() OVER (PARTITION BY t.guest_id ORDER BY t.opened_at_utc, t.talk_id) AS n
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
    AND g.registered_at_utc >= TIMESTAMP '2025-12-01 00:00'
    AND g.registered_at_utc < TIMESTAMP '2026-01-01 00:00'
)
SELECT guest_id, talk_id, cast_id, opened_at_utc
FROM numbered
WHERE n = 1
ORDER BY guest_id
