SELECT t.guest_id, MIN(t.talk_id) AS talk_id, MIN(t.cast_id) AS cast_id, MIN(t.opened_at_utc) AS opened_at_utc
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
    AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND g.registered_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY t.guest_id
ORDER BY t.guest_id
