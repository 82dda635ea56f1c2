WITH outcome AS (
  SELECT e.variant,
         CASE WHEN EXISTS (
           SELECT 1 FROM talks AS t
           WHERE t.guest_id = e.guest_id
             AND t.opened_at_utc >= e.assigned_at_utc
             AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
         ) THEN 1.0 ELSE 0 END AS reached
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE e.experiment_id = 2
    AND NOT g.is_test
),
groups AS (
  SELECT variant, COUNT(*) AS n, AVG(reached) AS rate
  FROM outcome
  GROUP BY variant
)
SELECT MAX(CASE WHEN variant = 'control' THEN n END) AS n_control,
       MAX(CASE WHEN variant = 'treatment' THEN n END) AS n_treatment,
       ROUND(MAX(CASE WHEN variant = 'control' THEN rate END), 4) AS rate_control,
       ROUND(MAX(CASE WHEN variant = 'treatment' THEN rate END), 4) AS rate_treatment,
       ROUND(MAX(CASE WHEN variant = 'treatment' THEN rate END) - MAX(CASE WHEN variant = 'control' THEN rate END), 4) AS diff
FROM groups
