SELECT acquisition_channel AS channel, COUNT(*) AS guests
FROM guests
WHERE NOT is_test AND acquisition_channel IS NOT NULL
GROUP BY channel
ORDER BY guests DESC, channel
