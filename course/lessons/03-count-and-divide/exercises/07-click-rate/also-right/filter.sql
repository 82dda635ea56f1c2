SELECT COUNT(*) AS impressions,
       COUNT(*) FILTER (WHERE is_clicked) AS clicks,
       ROUND(COUNT(*) FILTER (WHERE is_clicked) / COUNT(*), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
