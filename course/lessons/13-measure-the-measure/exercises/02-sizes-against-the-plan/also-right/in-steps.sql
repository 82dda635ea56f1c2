WITH counted AS (
  SELECT e.experiment_id, e.treatment_percent / 100.0 AS p,
         COUNT(*) AS n,
         SUM(CASE WHEN e.variant = 'treatment' THEN 1 ELSE 0 END) AS treated
  FROM experiment_assignments AS e
  WHERE e.guest_id IN (SELECT guest_id FROM guests WHERE NOT is_test)
  GROUP BY e.experiment_id, e.treatment_percent
)
SELECT experiment_id, SUM(n), SUM(treated), SUM(n * p),
       ROUND((SUM(treated) - SUM(n * p)) / sqrt(SUM(n * p * (1 - p))), 2)
FROM counted
GROUP BY experiment_id
ORDER BY experiment_id
