WITH seg AS (
  SELECT segment, AVG(clicked) AS seg_rate
  FROM lesson.shown
  GROUP BY segment
),
per_cast AS (
  SELECT segment, cast_id, COUNT(*) AS imps, SUM(clicked) AS clicks
  FROM lesson.shown
  GROUP BY segment, cast_id
),
scored AS (
  SELECT p.segment, p.cast_id, p.imps, p.clicks,
         ROUND((p.clicks + 200 * s.seg_rate) / (p.imps + 200), 4) AS score
  FROM per_cast AS p
  JOIN seg AS s ON s.segment = p.segment
),
placed AS (
  SELECT segment, cast_id, imps, clicks, score,
         ROW_NUMBER() OVER (PARTITION BY segment ORDER BY score DESC, cast_id) AS place
  FROM scored
)
SELECT segment, place, cast_id, imps, clicks, score
FROM placed
ORDER BY segment, place
