SELECT event_id, COUNT(*)
FROM list_impressions
WHERE shown_at_utc >= TIMESTAMP '2025-12-24 20:00' AND shown_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY 1 HAVING COUNT(*) > 1 ORDER BY 2 DESC, 1
