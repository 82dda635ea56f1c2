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
  SELECT s.cast_id, s.clicked,
         (SELECT AVG(o.clicked) FROM shown AS o WHERE o.position = s.position) AS usual_rate
  FROM shown AS s
)
SELECT cast_id, COUNT(*) AS imps, SUM(clicked) AS clicks,
       ROUND(SUM(usual_rate), 1) AS expected_clicks,
       ROUND((SUM(clicked) + 20) / (SUM(usual_rate) + 20), 3) AS lift
FROM usual
GROUP BY cast_id
ORDER BY lift DESC, cast_id
LIMIT 10
