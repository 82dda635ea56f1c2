SELECT guest_id,
       registered_at_utc,
       CAST((registered_at_utc AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo') - INTERVAL 5 HOUR AS DATE) AS business_date
FROM guests
WHERE NOT is_test
ORDER BY registered_at_utc DESC, guest_id
LIMIT 30
