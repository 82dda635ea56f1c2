SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = ‘大阪府’
ORDER BY registered_at_utc, guest_id
LIMIT 5
