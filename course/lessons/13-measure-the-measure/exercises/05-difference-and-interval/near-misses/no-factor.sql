WITH arms AS (
  SELECT COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_c,
         COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_t,
         AVG(CASE WHEN variant = 'control' THEN reached END) AS p_c,
         AVG(CASE WHEN variant = 'treatment' THEN reached END) AS p_t
  FROM lesson.outcomes
  WHERE experiment_id = 2
),
gap AS (
  SELECT n_c, n_t, p_c, p_t, p_t - p_c AS diff,
         sqrt(p_c * (1 - p_c) / n_c + p_t * (1 - p_t) / n_t) AS half_width
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
