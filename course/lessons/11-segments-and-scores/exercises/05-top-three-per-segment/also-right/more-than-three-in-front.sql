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
  SELECT a.segment, a.cast_id, a.imps, a.clicks, a.score, COUNT(b.cast_id) + 1 AS place
  FROM scored AS a
  LEFT JOIN scored AS b
         ON b.segment = a.segment
        AND (b.score > a.score OR (b.score = a.score AND b.cast_id < a.cast_id))
  GROUP BY a.segment, a.cast_id, a.imps, a.clicks, a.score
)
SELECT segment, place, cast_id, imps, clicks, score
FROM placed
WHERE place <= 3
ORDER BY segment, place
