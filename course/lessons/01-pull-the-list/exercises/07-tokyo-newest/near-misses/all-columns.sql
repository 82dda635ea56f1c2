SELECT *
FROM guests
WHERE prefecture = '東京都'
  AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10
