WITH usual AS (
  SELECT cast_id, clicked, AVG(clicked) OVER (PARTITION BY position) AS usual_rate
  FROM lesson.list_by_popularity
)
SELECT cast_id, COUNT(*) AS imps, SUM(clicked) AS clicks,
       ROUND(SUM(usual_rate), 1) AS expected_clicks,
       ROUND((SUM(clicked) + 20) / (SUM(usual_rate) + 20), 3) AS lift
FROM usual
GROUP BY cast_id
ORDER BY lift DESC, cast_id
LIMIT 10
