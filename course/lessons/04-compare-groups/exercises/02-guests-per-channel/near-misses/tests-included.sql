SELECT COALESCE(acquisition_channel, '不明') AS channel, COUNT(*) AS guests
FROM guests
GROUP BY channel
ORDER BY guests DESC, channel
