SELECT cast_id AS cast_id,
       COUNT(event_id) AS impressions,
       COUNT(CASE WHEN is_clicked THEN 1 END) AS clicks,
       AVG(CASE WHEN is_clicked THEN 1 ELSE 0 END) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY 1
ORDER BY 4 DESC, 1
LIMIT 10
