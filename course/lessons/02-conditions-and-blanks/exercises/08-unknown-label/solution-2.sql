SELECT guest_id,
       COALESCE(acquisition_channel, 'unknown') AS channel
FROM guests
WHERE NOT is_test
ORDER BY guest_id
LIMIT 20
