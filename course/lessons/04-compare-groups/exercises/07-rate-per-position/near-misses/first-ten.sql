SELECT position, COUNT(*) AS impressions, ROUND(AVG(CASE WHEN is_clicked THEN 1.0 ELSE 0 END), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY position
ORDER BY position
LIMIT 10
