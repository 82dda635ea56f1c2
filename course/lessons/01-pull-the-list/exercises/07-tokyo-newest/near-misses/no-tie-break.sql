SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '東京都'
  AND NOT is_test
ORDER BY registered_at_utc DESC
LIMIT 10
