SELECT COALESCE(acquisition_channel, '不明') AS channel,
       COUNT(*) AS guests
FROM guests
WHERE NOT is_test
  AND deleted_at_utc IS NULL
GROUP BY COALESCE(acquisition_channel, '不明')
ORDER BY guests DESC, channel
