SELECT t.source, COUNT(appointment_id) AS appointments
FROM talks AS t
JOIN appointments AS a USING (talk_id)
WHERE a.requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY 1
ORDER BY appointments DESC, t.source
