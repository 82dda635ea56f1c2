WITH arms AS (
  SELECT COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_c,
         COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_t,
         AVG(CASE WHEN variant = 'control' THEN reached END) AS p_c,
         AVG(CASE WHEN variant = 'treatment' THEN reached END) AS p_t
  FROM lesson.outcomes
  WHERE experiment_id = 2
)
-- n_control, n_treatment, rate_control, rate_treatment, diff, ci_low, ci_high
