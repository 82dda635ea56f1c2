WITH shown AS (
  SELECT CASE WHEN i.shown_at_utc < TIMESTAMP '2025-09-30 20:00' THEN '2025Q3' ELSE '2025Q4' END AS quarter,
         i.cast_id
  FROM list_impressions AS i
  JOIN guests AS g ON g.guest_id = i.guest_id
  WHERE i.screen = 'list'
    AND NOT g.is_test
    AND i.shown_at_utc >= TIMESTAMP '2025-06-30 20:00'
    AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
),
per_cast AS (
  SELECT quarter, cast_id, COUNT(*) AS n
  FROM shown
  GROUP BY quarter, cast_id
),
classed AS (
  SELECT quarter, n,
         NTILE(10) OVER (PARTITION BY quarter ORDER BY n DESC, cast_id) AS tenth,
         SUM(n) OVER (PARTITION BY quarter) AS imps,
         COUNT(*) OVER (PARTITION BY quarter) AS casts
  FROM per_cast
)
SELECT quarter, casts, imps, SUM(n) AS top_tenth_imps, ROUND(SUM(n) * 1.0 / imps, 3) AS top_tenth_share
FROM classed
WHERE tenth = 1
GROUP BY quarter, casts, imps
ORDER BY quarter
