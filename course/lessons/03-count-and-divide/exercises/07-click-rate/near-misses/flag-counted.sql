SELECT COUNT(*) AS impressions,
       COUNT(is_clicked) AS clicks,
       ROUND(COUNT(is_clicked) / COUNT(*), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
