JOIN point_ledger AS l ON l.appointment_id = a.appointment_id
  AND l.entry_kind = 'spend'
JOIN appointments AS a ON a.appointment_id = t.talk_id
FROM guests AS g
ORDER BY a.appointment_id, l.entry_id
JOIN point_ledger AS l ON l.guest_id = g.guest_id
JOIN talks AS t ON t.guest_id = g.guest_id
SELECT a.appointment_id, g.nickname, t.source, l.points
  AND l.booked_at_jst >= TIMESTAMP '2025-12-31 05:00' AND l.booked_at_jst < TIMESTAMP '2026-01-01 05:00'
JOIN talks AS t ON t.talk_id = g.guest_id
JOIN appointments AS a ON a.talk_id = t.talk_id
WHERE NOT g.is_test
