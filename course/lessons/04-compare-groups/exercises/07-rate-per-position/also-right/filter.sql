SELECT position, COUNT(*) AS impressions,
       ROUND(COUNT(*) FILTER (WHERE is_clicked) * 1.0 / COUNT(*), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY position
ORDER BY position
