SELECT COALESCE(prefecture, 'elsewhere') AS segment,
       COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_control,
       COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_treatment,
       ROUND(AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS rate_control,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END), 4) AS rate_treatment,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END) - AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS diff
FROM lesson.outcomes
WHERE experiment_id = 4
GROUP BY segment
ORDER BY segment
