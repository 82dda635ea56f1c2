SELECT g.guest_id,
       (SELECT p.area_code FROM lesson.talks_by_guest_area AS p WHERE p.guest_id = g.guest_id
        ORDER BY p.talks DESC, p.latest_talk_at_utc DESC, p.area_code LIMIT 1) AS favourite_area,
       (SELECT MAX(s.started_at_utc) FROM sessions AS s WHERE s.guest_id = g.guest_id) AS last_visit_at_utc,
       (SELECT COUNT(*) FROM payments AS p
        WHERE p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded') AS purchases
FROM guests AS g
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-11-01' AND DATE '2025-11-30'
ORDER BY g.guest_id
