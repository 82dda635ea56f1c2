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
)
SELECT 'elsewhere' AS segment,
       COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_control,
       COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_treatment,
       ROUND(AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS rate_control,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END), 4) AS rate_treatment,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END) - AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS diff
FROM outcome
WHERE prefecture IS DISTINCT FROM '東京都'
UNION ALL
SELECT 'tokyo' AS segment,
       COUNT(CASE WHEN variant = 'control' THEN 1 END) AS n_control,
       COUNT(CASE WHEN variant = 'treatment' THEN 1 END) AS n_treatment,
       ROUND(AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS rate_control,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END), 4) AS rate_treatment,
       ROUND(AVG(CASE WHEN variant = 'treatment' THEN reached END) - AVG(CASE WHEN variant = 'control' THEN reached END), 4) AS diff
FROM outcome
WHERE prefecture = '東京都'
ORDER BY segment
