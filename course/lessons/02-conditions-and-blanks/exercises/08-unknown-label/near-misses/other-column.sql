SELECT guest_id,
       COALESCE(interest_tag, '不明') AS channel
FROM guests
WHERE NOT is_test
ORDER BY guest_id
LIMIT 20
