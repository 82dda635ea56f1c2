SELECT COUNT(*)                                        AS impressions,
       SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END)     AS clicks,
       ROUND(100 * AVG(CASE WHEN is_clicked THEN 1.0 ELSE 0 END), 4) AS click_rate
FROM list_impressions
WHERE screen = 'list'
