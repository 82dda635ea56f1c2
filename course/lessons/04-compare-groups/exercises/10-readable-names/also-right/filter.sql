SELECT cast_id,
       COUNT(*) AS impressions,
       COUNT(*) FILTER (WHERE is_clicked) AS clicks,
       COUNT(*) FILTER (WHERE is_clicked) / COUNT(*) AS click_rate
FROM list_impressions
WHERE screen = 'list'
GROUP BY cast_id
ORDER BY click_rate DESC, cast_id
LIMIT 10
