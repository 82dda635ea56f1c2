SELECT position, COUNT(*) AS impressions,
       ROUND(SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) * 1.0
             / (SELECT COUNT(*) FROM list_impressions WHERE screen = 'list'), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY position
ORDER BY position
