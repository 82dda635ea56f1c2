WITH shown AS (
  SELECT i.cast_id, i.position, CASE WHEN i.is_clicked THEN 1.0 ELSE 0 END AS clicked
  FROM list_impressions AS i
  JOIN guests AS g ON g.guest_id = i.guest_id
  WHERE i.screen = 'list' AND NOT g.is_test
),
usual AS (SELECT position, AVG(clicked) AS rate FROM shown GROUP BY position)
SELECT s.cast_id, COUNT(*) AS imps, ROUND((SUM(s.clicked) + 20) / (SUM(u.rate) + 20), 2) AS click_index
FROM shown AS s
JOIN usual AS u ON u.position = s.position
GROUP BY s.cast_id
