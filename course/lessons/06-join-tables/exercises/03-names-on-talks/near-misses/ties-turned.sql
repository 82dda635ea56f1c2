SELECT t.talk_id, t.guest_id, c.display_name, c.area_code
FROM talks AS t
JOIN casts AS c ON c.cast_id = t.cast_id
WHERE NOT c.is_test
ORDER BY t.opened_at_utc DESC, t.talk_id DESC
LIMIT 20
