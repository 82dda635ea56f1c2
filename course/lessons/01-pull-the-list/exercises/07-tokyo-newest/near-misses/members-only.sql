SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '東京都'
  AND NOT is_test
  AND deleted_at_utc IS NULL
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10
