WITH usual AS (
  SELECT position, AVG(clicked) AS usual_rate
  FROM lesson.list_by_popularity
  GROUP BY position
)
SELECT s.cast_id,
       COUNT(*) AS imps,
       SUM(s.clicked) AS clicks,
       ROUND(SUM(u.usual_rate), 1) AS expected_clicks,
       ROUND(SUM(s.clicked) / SUM(u.usual_rate), 3) AS lift
FROM lesson.list_by_popularity AS s
JOIN usual AS u ON u.position = s.position
GROUP BY s.cast_id
ORDER BY lift DESC, s.cast_id
LIMIT 10
