WITH shown AS (
  SELECT i.cast_id, i.position,
         CASE WHEN i.is_clicked THEN 1 ELSE 0 END AS clicked
  FROM list_impressions AS i
  JOIN guests AS g ON g.guest_id = i.guest_id
  WHERE i.screen = 'list'
    AND NOT g.is_test
    AND i.shown_at_utc >= TIMESTAMP '2025-06-30 20:00'
    AND i.shown_at_utc < TIMESTAMP '2025-09-30 20:00'
),
usual AS (
  SELECT position, AVG(clicked) AS usual_rate
  FROM shown
  GROUP BY position
)
SELECT s.cast_id,
       COUNT(*) AS imps,
       SUM(s.clicked) AS clicks,
       ROUND(SUM(u.usual_rate), 1) AS expected_clicks,
       ROUND((SUM(s.clicked) + 20) / (SUM(u.usual_rate) + 20), 3) AS lift
FROM shown AS s
JOIN usual AS u ON u.position = s.position
GROUP BY s.cast_id
ORDER BY lift DESC, s.cast_id
LIMIT 10
