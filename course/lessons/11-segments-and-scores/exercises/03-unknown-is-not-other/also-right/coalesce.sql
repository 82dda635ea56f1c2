SELECT CASE COALESCE(g.prefecture, '') WHEN '' THEN 'unknown' WHEN '東京都' THEN 'tokyo' ELSE 'other' END AS segment,
       COUNT(DISTINCT i.guest_id) AS guests,
       COUNT(*) AS imps,
       ROUND(AVG(CASE WHEN i.is_clicked THEN 1.0 ELSE 0 END), 4) AS click_rate
FROM list_impressions AS i
JOIN guests AS g ON g.guest_id = i.guest_id
WHERE i.screen = 'list'
  AND NOT g.is_test
  AND i.shown_at_utc >= TIMESTAMP '2025-09-30 20:00'
  AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY segment
ORDER BY segment
