SELECT a.appointment_id, g.nickname, t.source, a.status
FROM guests AS g
JOIN talks AS t ON t.cast_id = g.guest_id
JOIN appointments AS a ON a.talk_id = t.talk_id
WHERE NOT g.is_test
  AND a.requested_at_utc >= TIMESTAMP '2025-12-30 20:00'
  AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
ORDER BY a.appointment_id
