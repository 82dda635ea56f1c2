WITH asked AS (
  SELECT DISTINCT e.guest_id
  FROM experiment_assignments AS e
  JOIN appointments AS a ON a.guest_id = e.guest_id
  WHERE e.experiment_id = 1
    AND a.requested_at_utc >= e.assigned_at_utc
    AND a.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
)
SELECT e.variant,
       COUNT(*) AS assigned,
       COUNT(k.guest_id) AS asked_guests,
       ROUND(COUNT(k.guest_id) * 1.0 / COUNT(*), 4) AS ask_rate
FROM experiment_assignments AS e
JOIN guests AS g ON g.guest_id = e.guest_id AND NOT g.is_test
LEFT JOIN asked AS k ON k.guest_id = e.guest_id
WHERE e.experiment_id = 1
GROUP BY e.variant
ORDER BY e.variant
