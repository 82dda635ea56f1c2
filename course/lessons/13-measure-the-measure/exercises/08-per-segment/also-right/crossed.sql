WITH outcome AS (
  SELECT e.variant, g.prefecture,
         CASE WHEN EXISTS (
           SELECT 1 FROM talks AS t
           WHERE t.guest_id = e.guest_id
             AND t.opened_at_utc >= e.assigned_at_utc
             AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
         ) THEN 1.0 ELSE 0 END AS reached
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE e.experiment_id = 4
    AND NOT g.is_test
),
s AS (
  SELECT CASE WHEN COALESCE(prefecture, '') <> '東京都' THEN 'elsewhere' ELSE 'tokyo' END AS segment,
         variant, COUNT(*) AS n, AVG(reached) AS rate
  FROM outcome
  GROUP BY 1, 2
)
SELECT c.segment, c.n, t.n, ROUND(c.rate, 4), ROUND(t.rate, 4), ROUND(t.rate - c.rate, 4)
FROM s AS c
JOIN s AS t ON t.segment = c.segment
WHERE c.variant = 'control'
  AND t.variant = 'treatment'
ORDER BY c.segment
