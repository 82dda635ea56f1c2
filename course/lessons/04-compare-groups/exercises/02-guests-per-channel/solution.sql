SELECT COALESCE(acquisition_channel, '不明') AS channel,
       COUNT(*) AS guests
FROM guests
WHERE NOT is_test
GROUP BY COALESCE(acquisition_channel, '不明')
ORDER BY guests DESC, channel
