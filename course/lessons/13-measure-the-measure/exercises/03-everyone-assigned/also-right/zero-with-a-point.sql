WITH outcome AS (
  SELECT e.variant,
         CASE WHEN EXISTS (
           SELECT 1 FROM talks AS t
           WHERE t.guest_id = e.guest_id
             AND t.opened_at_utc >= e.assigned_at_utc
             AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
         ) THEN 1.0 ELSE 0.0 END AS reached
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE e.experiment_id = 2
    AND NOT g.is_test
)
SELECT variant,
       COUNT(*) AS assigned,
       SUM(reached) AS talked,
       ROUND(AVG(reached), 4) AS talk_rate
FROM outcome
GROUP BY variant
ORDER BY variant
