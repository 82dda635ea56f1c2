SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT (g.acquisition_channel IS NOT NULL) AND NOT g.is_test
ORDER BY g.registered_at_utc DESC, g.guest_id
LIMIT 20
