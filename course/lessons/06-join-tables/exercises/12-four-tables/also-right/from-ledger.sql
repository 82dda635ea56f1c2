SELECT a.appointment_id, g.nickname, t.source, l.points
FROM point_ledger AS l
JOIN appointments AS a ON a.appointment_id = l.appointment_id
JOIN talks AS t ON t.talk_id = a.talk_id
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND l.entry_kind = 'spend'
  AND l.booked_at_jst >= TIMESTAMP '2025-12-31 05:00' AND l.booked_at_jst < TIMESTAMP '2026-01-01 05:00'
ORDER BY a.appointment_id, l.entry_id
