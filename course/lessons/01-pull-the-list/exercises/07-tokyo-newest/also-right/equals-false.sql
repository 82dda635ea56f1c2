SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '東京都' AND is_test = FALSE
ORDER BY registered_at_utc DESC, guest_id ASC
LIMIT 10
