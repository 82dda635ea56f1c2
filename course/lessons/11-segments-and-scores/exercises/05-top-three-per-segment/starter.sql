WITH seg AS (
  SELECT segment, AVG(clicked) AS seg_rate
  FROM lesson.shown
  GROUP BY segment
)
-- segment, place, cast_id, imps, clicks, score
