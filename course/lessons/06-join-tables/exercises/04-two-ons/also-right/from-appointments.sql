SELECT a.appointment_id, g.nickname, t.source, a.status
FROM appointments AS a
JOIN talks AS t ON t.talk_id = a.talk_id
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND a.requested_at_utc >= TIMESTAMP '2025-12-30 20:00'
  AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
ORDER BY a.appointment_id
