WITH s AS (
  SELECT CASE WHEN COALESCE(prefecture, '') <> '東京都' THEN 'elsewhere' ELSE 'tokyo' END AS segment,
         variant, COUNT(*) AS n, AVG(reached) AS rate
  FROM lesson.outcomes
  WHERE experiment_id = 4
  GROUP BY 1, 2
)
SELECT c.segment, c.n, t.n, ROUND(c.rate, 4), ROUND(t.rate, 4), ROUND(t.rate - c.rate, 4)
FROM s AS c
JOIN s AS t ON t.segment = c.segment
WHERE c.variant = 'control'
  AND t.variant = 'treatment'
ORDER BY c.segment
