SELECT t.guest_id, c.area_code, COUNT(*) AS talks, MAX(t.opened_at_utc) AS latest_talk_at_utc
FROM talks AS t
JOIN casts AS c ON c.cast_id = t.cast_id
GROUP BY t.guest_id, c.area_code
