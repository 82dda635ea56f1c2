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
),
scored AS (
  SELECT p.cast_id, p.clicks,
         ROUND((p.clicks + 200 * w.mean_rate) / (p.imps + 200), 4) AS score
  FROM per_cast AS p
  CROSS JOIN whole AS w
),
placed AS (
  SELECT cast_id, score,
         ROW_NUMBER() OVER (ORDER BY score DESC, cast_id) AS new_place,
         ROW_NUMBER() OVER (ORDER BY clicks DESC, cast_id) AS old_place
  FROM scored
)
SELECT new_place, cast_id, score, old_place
FROM placed
WHERE old_place <= 10
ORDER BY new_place
