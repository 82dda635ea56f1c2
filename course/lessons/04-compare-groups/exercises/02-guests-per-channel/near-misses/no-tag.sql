SELECT acquisition_channel AS channel, COUNT(*) AS guests
FROM guests
WHERE NOT is_test
GROUP BY channel
ORDER BY guests DESC, channel
