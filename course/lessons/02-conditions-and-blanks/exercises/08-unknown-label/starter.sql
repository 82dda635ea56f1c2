SELECT guest_id,
       COALESCE(___, '___') AS channel
FROM guests
WHERE NOT is_test
ORDER BY guest_id
LIMIT 20
