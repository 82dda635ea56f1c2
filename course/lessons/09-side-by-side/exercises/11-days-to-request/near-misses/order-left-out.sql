WITH first_talk AS (
  SELECT t.guest_id, MIN(t.opened_at_utc) AS first_talk_at FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test GROUP BY t.guest_id
), reached AS (
  SELECT f.guest_id, f.first_talk_at, MIN(a.requested_at_utc) AS requested_at
  FROM first_talk AS f LEFT JOIN appointments AS a ON a.guest_id = f.guest_id
    AND a.requested_at_utc >= f.first_talk_at AND a.requested_at_utc < f.first_talk_at + INTERVAL 14 DAY
  WHERE f.first_talk_at <= TIMESTAMP '2025-12-17 20:00'
  GROUP BY f.guest_id, f.first_talk_at
)
SELECT CAST(date_trunc('month', first_talk_at + INTERVAL 4 HOUR) AS DATE) AS cohort_month, COUNT(*) AS talk_guests, COUNT(requested_at) AS asked,
       ROUND(MEDIAN(date_diff('minute', first_talk_at, requested_at)) / 1440, 1) AS median_days FROM reached
GROUP BY cohort_month
