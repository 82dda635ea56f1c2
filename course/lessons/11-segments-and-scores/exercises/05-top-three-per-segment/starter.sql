WITH seg AS (
  SELECT segment, AVG(clicked) AS seg_rate
  FROM lesson.shown
  GROUP BY segment
),
per_cast AS (
  SELECT segment, cast_id, COUNT(*) AS imps, SUM(clicked) AS clicks
  FROM lesson.shown
  GROUP BY segment, cast_id
)
-- segment, place, cast_id, imps, clicks, score
