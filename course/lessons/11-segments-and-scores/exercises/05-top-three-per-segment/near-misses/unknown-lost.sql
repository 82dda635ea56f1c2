WITH seg AS (
  SELECT segment, AVG(clicked) AS seg_rate
  FROM lesson.shown
  GROUP BY segment
),
scored AS (
  SELECT b.segment, b.cast_id,
         COUNT(*) AS imps,
         SUM(b.clicked) AS clicks,
         ROUND((SUM(b.clicked) + 200 * s.seg_rate) / (COUNT(*) + 200), 4) AS score
  FROM lesson.shown AS b
  JOIN seg AS s ON s.segment = b.segment
  GROUP BY b.segment, b.cast_id, s.seg_rate
),
placed AS (
  SELECT segment, cast_id, imps, clicks, score,
         ROW_NUMBER() OVER (PARTITION BY segment ORDER BY score DESC, cast_id) AS place
  FROM scored
)
SELECT segment, place, cast_id, imps, clicks, score
FROM placed
WHERE place <= 3
  AND segment <> 'unknown'
ORDER BY segment, place
