SELECT a.appointment_id, g.nickname, t.source, l.points
FROM guests AS g
JOIN talks AS t ON t.guest_id = g.guest_id
JOIN appointments AS a ON a.talk_id = t.talk_id
JOIN point_ledger AS l ON l.appointment_id = a.appointment_id
WHERE NOT g.is_test
  AND l.booked_at_jst >= TIMESTAMP '2025-12-31 05:00' AND l.booked_at_jst < TIMESTAMP '2026-01-01 05:00'
ORDER BY a.appointment_id, l.entry_id
