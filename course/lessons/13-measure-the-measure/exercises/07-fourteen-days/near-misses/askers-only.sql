WITH outcome AS (
  SELECT e.variant, e.guest_id, 1.0 AS asked
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  JOIN appointments AS a ON a.guest_id = e.guest_id
  WHERE e.experiment_id = 1
    AND NOT g.is_test
    AND a.requested_at_utc >= e.assigned_at_utc
    AND a.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
)
SELECT variant,
       COUNT(DISTINCT guest_id) AS assigned,
       COUNT(DISTINCT guest_id) AS asked_guests,
       ROUND(AVG(asked), 4) AS ask_rate
FROM outcome
GROUP BY variant
ORDER BY variant
