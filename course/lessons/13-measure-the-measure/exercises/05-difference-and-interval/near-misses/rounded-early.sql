WITH arms AS (
  SELECT COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_c,
         COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_t,
         AVG(CASE WHEN variant = 'control' THEN reached END) AS p_c,
         AVG(CASE WHEN variant = 'treatment' THEN reached END) AS p_t
  FROM lesson.outcomes
  WHERE experiment_id = 2
),
gap AS (
  SELECT n_c, n_t, ROUND(p_c, 2) AS p_c, ROUND(p_t, 2) AS p_t, ROUND(p_t, 2) - ROUND(p_c, 2) AS diff,
         1.96 * sqrt(ROUND(p_c, 2) * (1 - ROUND(p_c, 2)) / n_c + ROUND(p_t, 2) * (1 - ROUND(p_t, 2)) / n_t) AS half_width
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
