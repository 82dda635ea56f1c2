SELECT COALESCE(acquisition_channel, '不明') AS channel, COUNT(guest_id) AS guests
FROM guests
WHERE is_test = FALSE
GROUP BY channel
ORDER BY 2 DESC, 1
