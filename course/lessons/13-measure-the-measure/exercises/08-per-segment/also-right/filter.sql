SELECT CASE prefecture WHEN '東京都' THEN 'tokyo' ELSE 'elsewhere' END AS segment,
       COUNT(*) FILTER (WHERE variant = 'control') AS n_control,
       COUNT(*) FILTER (WHERE variant = 'treatment') AS n_treatment,
       ROUND(AVG(reached) FILTER (WHERE variant = 'control'), 4) AS rate_control,
       ROUND(AVG(reached) FILTER (WHERE variant = 'treatment'), 4) AS rate_treatment,
       ROUND(AVG(reached) FILTER (WHERE variant = 'treatment') - AVG(reached) FILTER (WHERE variant = 'control'), 4) AS diff
FROM lesson.outcomes
WHERE experiment_id = 4
GROUP BY segment
ORDER BY segment
