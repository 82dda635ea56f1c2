SELECT COALESCE(acquisition_channel, '不明') AS ch, COUNT(DISTINCT guest_id) AS n
FROM guests
WHERE NOT is_test
GROUP BY acquisition_channel
ORDER BY n DESC, ch
