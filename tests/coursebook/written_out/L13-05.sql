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
),
gap AS (
  SELECT n_c, n_t, p_c, p_t, p_t - p_c AS diff,
         1.96 * sqrt(p_c * (1 - p_c) / n_c + p_t * (1 - p_t) / n_t) AS half_width
  FROM arms
)
SELECT n_c AS n_control,
       n_t AS n_treatment,
       ROUND(p_c, 4) AS rate_control,
       ROUND(p_t, 4) AS rate_treatment,
       ROUND(diff, 4) AS diff,
       ROUND(diff - half_width, 4) AS ci_low,
       ROUND(diff + half_width, 4) AS ci_high
FROM gap
