WITH people AS (
  SELECT e.experiment_id,
         CASE WHEN e.variant = 'treatment' THEN 1 ELSE 0 END AS treated,
         e.treatment_percent / 100.0 AS p
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE NOT g.is_test
)
SELECT experiment_id,
       COUNT(*) AS assigned,
       SUM(treated) AS treated,
       SUM(p) AS planned,
       ROUND((SUM(treated) - SUM(p)) / SUM(sqrt(p * (1 - p))), 2) AS z
FROM people
GROUP BY experiment_id
ORDER BY experiment_id
