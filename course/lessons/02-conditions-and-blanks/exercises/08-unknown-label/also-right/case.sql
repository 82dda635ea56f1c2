SELECT guest_id,
       CASE WHEN acquisition_channel IS NULL THEN '不明' ELSE acquisition_channel END AS channel
FROM guests
WHERE NOT is_test
ORDER BY guest_id
LIMIT 20
