WITH seg AS (
  SELECT segment, AVG(clicked) AS seg_rate
  FROM lesson.shown
  GROUP BY segment
),
counted AS (
  SELECT segment, cast_id, COUNT(*) AS imps, SUM(clicked) AS clicks
  FROM lesson.shown
  GROUP BY segment, cast_id
)
SELECT c.segment,
       ROW_NUMBER() OVER (PARTITION BY c.segment ORDER BY ROUND((c.clicks + 200 * s.seg_rate) / (c.imps + 200), 4) DESC, c.cast_id) AS place,
       c.cast_id, c.imps, c.clicks,
       ROUND((c.clicks + 200 * s.seg_rate) / (c.imps + 200), 4) AS score
FROM counted AS c
JOIN seg AS s ON s.segment = c.segment
QUALIFY place <= 3
ORDER BY c.segment, place
