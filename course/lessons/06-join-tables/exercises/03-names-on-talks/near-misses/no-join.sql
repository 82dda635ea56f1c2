SELECT talk_id, guest_id, display_name, area_code
FROM talks
ORDER BY opened_at_utc DESC, talk_id
LIMIT 20
