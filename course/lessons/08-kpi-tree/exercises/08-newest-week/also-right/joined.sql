WITH cohort AS (
  SELECT guest_id, registered_at_utc,
         CAST(date_trunc('week', registered_at_utc + INTERVAL 4 HOUR) AS DATE) AS cohort_week
  FROM guests
  WHERE NOT is_test
    AND registered_at_utc >= TIMESTAMP '2025-11-02 20:00'
    AND registered_at_utc <= TIMESTAMP '2025-12-31 20:00' - INTERVAL 14 DAY
)
SELECT c.cohort_week,
       COUNT(DISTINCT c.guest_id) AS registered_guests,
       COUNT(DISTINCT a.guest_id) AS appo_guests,
       ROUND(COUNT(DISTINCT a.guest_id) * 1.0 / COUNT(DISTINCT c.guest_id), 4) AS appo_rate
FROM cohort AS c
LEFT JOIN appointments AS a ON a.guest_id = c.guest_id AND a.requested_at_utc < c.registered_at_utc + INTERVAL 14 DAY
GROUP BY c.cohort_week
ORDER BY c.cohort_week
