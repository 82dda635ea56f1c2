SELECT cast_id,
       COUNT(*) AS impressions,
       AVG(CASE WHEN is_clicked THEN 1.0 ELSE 0 END) AS click_rate
FROM list_impressions
GROUP BY cast_id
HAVING COUNT(CASE WHEN screen = 'list' THEN 1 END) >= 50
ORDER BY click_rate DESC, cast_id
LIMIT 10
