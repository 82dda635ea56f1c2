WITH per_cast AS (
  SELECT i.cast_id,
         COUNT(*) AS imps,
         SUM(CASE WHEN i.is_clicked THEN 1 ELSE 0 END) AS clicks
  FROM list_impressions AS i
  JOIN guests AS g ON g.guest_id = i.guest_id
  JOIN casts AS c ON c.cast_id = i.cast_id
  WHERE i.screen = 'list'
    AND NOT g.is_test
    AND NOT c.is_test
    AND c.retired_at_utc IS NULL
    AND i.shown_at_utc >= TIMESTAMP '2025-09-30 20:00'
    AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
  GROUP BY i.cast_id
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
WHERE new_place <= 10
ORDER BY new_place
