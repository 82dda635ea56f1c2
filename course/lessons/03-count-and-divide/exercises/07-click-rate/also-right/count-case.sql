SELECT COUNT(*) AS impressions,
       COUNT(CASE WHEN is_clicked THEN 1 END) AS clicks,
       ROUND(COUNT(CASE WHEN is_clicked THEN 1 END) * 1.0 / COUNT(*), 4) AS click_rate
FROM list_impressions
WHERE screen IN ('list')
