SELECT i.cast_id,
       COUNT(*) AS impressions,
       SUM(CASE WHEN i.is_clicked THEN 1 ELSE 0 END) AS click_rate
FROM list_impressions AS i
JOIN guests AS g ON g.guest_id = i.guest_id
WHERE NOT g.is_test
  AND i.screen = 'list'
  AND i.shown_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY i.cast_id
ORDER BY i.cast_id
%chart scatter x=impressions y=click_rate
