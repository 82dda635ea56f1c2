SELECT a.event_id, COUNT(*) AS n_rows
FROM list_impressions AS a
JOIN list_impressions AS b ON b.event_id = a.event_id
WHERE CAST(a.shown_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-25' AND DATE '2025-12-31'
GROUP BY a.event_id
HAVING COUNT(*) > 1
ORDER BY n_rows DESC, a.event_id
