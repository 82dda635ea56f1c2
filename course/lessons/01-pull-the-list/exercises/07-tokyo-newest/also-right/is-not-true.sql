SELECT guest_id, registered_at_utc
FROM guests
WHERE is_test IS NOT TRUE
  AND prefecture LIKE '東京都'
ORDER BY 2 DESC, 1
LIMIT 10
