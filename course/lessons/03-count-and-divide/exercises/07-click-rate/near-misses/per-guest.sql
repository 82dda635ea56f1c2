SELECT COUNT(*) AS impressions,
       SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) AS clicks,
       ROUND(SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) * 1.0 / COUNT(DISTINCT guest_id), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
