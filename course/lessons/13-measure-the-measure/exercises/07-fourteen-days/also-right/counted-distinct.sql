SELECT e.variant,
       COUNT(DISTINCT e.guest_id) AS assigned,
       COUNT(DISTINCT a.guest_id) AS asked_guests,
       ROUND(COUNT(DISTINCT a.guest_id) / COUNT(DISTINCT e.guest_id), 4) AS ask_rate
FROM experiment_assignments AS e
JOIN guests AS g ON g.guest_id = e.guest_id
LEFT JOIN appointments AS a
  ON a.guest_id = e.guest_id
 AND a.requested_at_utc >= e.assigned_at_utc
 AND a.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
WHERE e.experiment_id = 1
  AND NOT g.is_test
GROUP BY e.variant
ORDER BY e.variant
