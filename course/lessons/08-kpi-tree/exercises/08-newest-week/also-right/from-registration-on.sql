WITH cohort AS (
  SELECT g.guest_id,
         CAST(date_trunc('week', g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) AS DATE) AS cohort_week,
         CASE WHEN EXISTS (SELECT 1 FROM appointments AS a
                           WHERE a.guest_id = g.guest_id
                             AND a.requested_at_utc >= g.registered_at_utc
                             AND a.requested_at_utc < g.registered_at_utc + INTERVAL 14 DAY) THEN 1 ELSE 0 END AS asked
  FROM guests AS g
  WHERE NOT g.is_test
    AND g.registered_at_utc >= TIMESTAMP '2025-11-02 20:00'
    AND g.registered_at_utc <= TIMESTAMP '2025-12-17 20:00'
)
SELECT cohort_week,
       COUNT(*) AS registered_guests,
       SUM(asked) AS appo_guests,
       ROUND(AVG(asked), 4) AS appo_rate
FROM cohort
GROUP BY cohort_week
ORDER BY cohort_week
