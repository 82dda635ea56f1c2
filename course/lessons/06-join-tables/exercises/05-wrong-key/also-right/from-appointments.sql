SELECT t.source, COUNT(*) AS appointments
FROM appointments AS a
LEFT JOIN talks AS t ON a.talk_id = t.talk_id
WHERE a.talk_id IS NOT NULL
  AND a.requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY t.source
ORDER BY appointments DESC, t.source
