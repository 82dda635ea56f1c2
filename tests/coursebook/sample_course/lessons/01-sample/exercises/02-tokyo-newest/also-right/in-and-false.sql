SELECT guest_id, registered_at
FROM guests
WHERE prefecture IN ('東京都') AND is_test = FALSE
ORDER BY registered_at DESC, guest_id ASC
LIMIT 10
