SELECT cast_id, COUNT(*) AS impressions,
       AVG(CASE WHEN source = 'list' THEN 1.0 ELSE 0 END) AS click_rate
FROM talks
GROUP BY cast_id
HAVING COUNT(*) >= 50
ORDER BY click_rate DESC, cast_id
LIMIT 10
