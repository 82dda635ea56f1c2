SELECT position, COUNT(*) AS impressions,
       SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) // COUNT(*) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY position
ORDER BY position
