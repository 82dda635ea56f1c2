SELECT t.talk_id, t.guest_id, c.display_name, c.area_code
FROM talks AS t
CROSS JOIN casts AS c
WHERE NOT c.is_test
ORDER BY t.opened_at_utc DESC, t.talk_id
LIMIT 20
