-- Keep the talks of the business day of 1 December (05:00 to 05:00, test accounts excluded)
WITH daily_talks AS (
  SELECT t.talk_id
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
    AND t.closed_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND t.closed_at_utc < TIMESTAMP '2025-12-01 20:00'
)
-- Count them
SELECT COUNT(*) AS talks
FROM daily_talks
