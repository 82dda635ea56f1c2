SELECT guest_id, IFNULL(acquisition_channel, '不明') AS channel
FROM guests
WHERE is_test = FALSE
ORDER BY guest_id
LIMIT 20
