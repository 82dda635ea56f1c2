WITH arms AS (
  SELECT COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_c,
         COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_t,
         AVG(CASE WHEN variant = 'control' THEN reached END) AS p_c,
         AVG(CASE WHEN variant = 'treatment' THEN reached END) AS p_t
  FROM lesson.outcomes
  WHERE experiment_id = 2
),
spreads AS (
  SELECT n_c, n_t, p_c, p_t, (p_c - p_c * p_c) / n_c + (p_t - p_t * p_t) / n_t AS squared
  FROM arms
)
SELECT n_c, n_t, ROUND(p_c, 4), ROUND(p_t, 4), ROUND(p_t - p_c, 4),
       ROUND(p_t - p_c - 1.96 * power(squared, 0.5), 4), ROUND(p_t - p_c + 1.96 * power(squared, 0.5), 4)
FROM spreads
