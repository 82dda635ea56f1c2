SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT g.is_test
  AND NOT EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = g.guest_id)
ORDER BY g.guest_id
