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
)
SELECT COUNT(*) FILTER (WHERE variant = 'control') AS n_control,
       COUNT(*) FILTER (WHERE variant = 'treatment') AS n_treatment,
       ROUND(AVG(reached) FILTER (WHERE variant = 'control'), 4) AS rate_control,
       ROUND(AVG(reached) FILTER (WHERE variant = 'treatment'), 4) AS rate_treatment,
       ROUND(AVG(reached) FILTER (WHERE variant = 'treatment') - AVG(reached) FILTER (WHERE variant = 'control'), 4) AS diff
FROM outcome
