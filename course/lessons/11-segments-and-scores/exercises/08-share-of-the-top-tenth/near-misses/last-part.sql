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
  SELECT quarter, cast_id, COUNT(*) AS imps
  FROM shown
  GROUP BY quarter, cast_id
),
classed AS (
  SELECT quarter, imps,
         NTILE(10) OVER (PARTITION BY quarter ORDER BY imps DESC, cast_id) AS tenth
  FROM per_cast
)
SELECT quarter,
       COUNT(*) AS casts,
       SUM(imps) AS imps,
       SUM(CASE WHEN tenth = 10 THEN imps ELSE 0 END) AS top_tenth_imps,
       ROUND(SUM(CASE WHEN tenth = 10 THEN imps ELSE 0 END) * 1.0 / SUM(imps), 3) AS top_tenth_share
FROM classed
GROUP BY quarter
ORDER BY quarter
