WITH groups AS (
  SELECT variant, COUNT(*) AS n, AVG(reached) AS rate
  FROM lesson.outcomes
  WHERE experiment_id = 2
  GROUP BY variant
)
SELECT MAX(CASE WHEN variant = 'control' THEN n END) AS n_control,
       MAX(CASE WHEN variant = 'treatment' THEN n END) AS n_treatment,
       ROUND(MAX(CASE WHEN variant = 'control' THEN rate END), 4) AS rate_control,
       ROUND(MAX(CASE WHEN variant = 'treatment' THEN rate END), 4) AS rate_treatment,
       ROUND(MAX(CASE WHEN variant = 'treatment' THEN rate END) - MAX(CASE WHEN variant = 'control' THEN rate END), 4) AS diff
FROM groups
