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
old AS (
  SELECT cast_id, ROW_NUMBER() OVER (ORDER BY clicks DESC, cast_id) AS old_place
  FROM per_cast
),
new AS (
  SELECT p.cast_id, (p.clicks + 200 * w.mean_rate) / (p.imps + 200) AS score,
         ROW_NUMBER() OVER (ORDER BY (p.clicks + 200 * w.mean_rate) / (p.imps + 200) DESC, p.cast_id) AS new_place
  FROM per_cast AS p
  CROSS JOIN whole AS w
)
SELECT n.new_place, n.cast_id, ROUND(n.score, 4) AS score, o.old_place
FROM new AS n
JOIN old AS o ON o.cast_id = n.cast_id
WHERE n.new_place <= 10
ORDER BY n.new_place
