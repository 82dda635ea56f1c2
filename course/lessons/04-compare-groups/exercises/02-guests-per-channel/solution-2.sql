SELECT COALESCE(acquisition_channel, 'unknown') AS channel,
       COUNT(*) AS guests
FROM guests
WHERE NOT is_test
GROUP BY COALESCE(acquisition_channel, 'unknown')
ORDER BY guests DESC, channel
