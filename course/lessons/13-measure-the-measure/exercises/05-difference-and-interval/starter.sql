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
arms AS (
  SELECT COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_c,
         COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_t,
         AVG(CASE WHEN variant = 'control' THEN reached END) AS p_c,
         AVG(CASE WHEN variant = 'treatment' THEN reached END) AS p_t
  FROM outcome
)
-- n_control, n_treatment, rate_control, rate_treatment, diff, ci_low, ci_high
