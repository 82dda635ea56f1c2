SELECT t.source, COUNT(*) AS appointments
FROM talks AS t
JOIN appointments AS a ON a.talk_id = t.talk_id
WHERE t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY t.source
ORDER BY appointments DESC, t.source
