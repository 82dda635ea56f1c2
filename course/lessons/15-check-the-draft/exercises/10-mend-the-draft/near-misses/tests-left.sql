SELECT
  acquisition_channel,
  COUNT(*) AS guests
FROM guests
WHERE registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND registered_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY acquisition_channel
ORDER BY guests DESC, acquisition_channel
