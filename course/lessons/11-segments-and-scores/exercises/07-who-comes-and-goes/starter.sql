WITH per_cast AS (
  SELECT cast_id,
         COUNT(*) AS imps,
         SUM(clicked) AS clicks
  FROM lesson.shown
  GROUP BY cast_id
),
whole AS (
  SELECT SUM(clicks) * 1.0 / SUM(imps) AS mean_rate
  FROM per_cast
)
-- new_place, cast_id, score, old_place
