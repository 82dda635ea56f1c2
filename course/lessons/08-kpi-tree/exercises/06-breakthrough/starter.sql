WITH first_talk AS (
  SELECT t.guest_id, MIN(t.opened_at_utc) AS first_talk_at
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
  GROUP BY t.guest_id
),
-- cohort AS (…), reached AS (…)
SELECT c.cohort_month,
       COUNT(*) AS talk_guests,
       COUNT(r.guest_id) AS appo_guests,
       ROUND(COUNT(r.guest_id) * 1.0 / COUNT(*), 4) AS breakthrough_rate
FROM cohort AS c
LEFT JOIN reached AS r ON r.guest_id = c.guest_id
GROUP BY c.cohort_month
ORDER BY c.cohort_month
