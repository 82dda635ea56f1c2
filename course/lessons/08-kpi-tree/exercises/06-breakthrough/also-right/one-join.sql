WITH first_talk AS (
  SELECT t.guest_id, MIN(t.opened_at_utc) AS first_talk_at
  FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
  GROUP BY t.guest_id
  HAVING MIN(t.opened_at_utc) <= TIMESTAMP '2025-12-17 20:00'
)
SELECT CAST(date_trunc('month', f.first_talk_at + INTERVAL 9 HOUR - INTERVAL 5 HOUR) AS DATE) AS cohort_month,
       COUNT(DISTINCT f.guest_id) AS talk_guests,
       COUNT(DISTINCT a.guest_id) AS appo_guests,
       ROUND(COUNT(DISTINCT a.guest_id) / COUNT(DISTINCT f.guest_id), 4) AS breakthrough_rate
FROM first_talk AS f
LEFT JOIN appointments AS a
       ON a.guest_id = f.guest_id
      AND a.requested_at_utc >= f.first_talk_at
      AND a.requested_at_utc < f.first_talk_at + INTERVAL 14 DAY
GROUP BY cohort_month
ORDER BY cohort_month
