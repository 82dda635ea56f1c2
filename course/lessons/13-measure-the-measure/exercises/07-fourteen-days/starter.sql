WITH outcome AS (
  SELECT e.variant,
         CASE WHEN EXISTS (
           SELECT 1 FROM appointments AS a
           WHERE a.guest_id = e.guest_id
         ) THEN 1.0 ELSE 0 END AS asked
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE e.experiment_id = 1
    AND NOT g.is_test
)
SELECT variant,
       COUNT(*) AS assigned,
       SUM(asked) AS asked_guests,
       ROUND(AVG(asked), 4) AS ask_rate
FROM outcome
GROUP BY variant
ORDER BY variant
