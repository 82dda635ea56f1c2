SELECT g.guest_id,
       (SELECT COUNT(*) FROM appointments AS a WHERE a.guest_id = g.guest_id AND a.status = 'completed') AS completed
FROM guests AS g
WHERE NOT g.is_test
