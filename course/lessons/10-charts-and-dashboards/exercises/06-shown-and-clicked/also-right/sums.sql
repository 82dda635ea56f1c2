SELECT i.cast_id, COUNT(*) AS impressions,
       ROUND(SUM(CASE WHEN i.is_clicked THEN 1 ELSE 0 END) * 1.0 / COUNT(*), 4) AS click_rate
FROM list_impressions AS i
JOIN guests AS g USING (guest_id)
WHERE g.is_test = FALSE AND i.screen = 'list'
  AND CAST(i.shown_at_utc + INTERVAL 4 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
GROUP BY i.cast_id
ORDER BY i.cast_id
%chart scatter x=impressions y=click_rate
