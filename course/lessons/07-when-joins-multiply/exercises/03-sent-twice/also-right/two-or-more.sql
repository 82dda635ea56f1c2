SELECT event_id, COUNT(*) AS n_rows
FROM list_impressions
WHERE CAST(shown_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-25' AND DATE '2025-12-31'
GROUP BY event_id
HAVING n_rows >= 2
ORDER BY n_rows DESC, event_id
