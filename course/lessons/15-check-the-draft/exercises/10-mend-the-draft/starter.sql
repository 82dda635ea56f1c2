WITH december AS (
  SELECT guest_id, acquisition_channel
  FROM guests
  WHERE registered_at_utc BETWEEN TIMESTAMP '2025-12-01 00:00' AND TIMESTAMP '2025-12-31 00:00'
)
SELECT
  acquisition_channel,
  COUNT(*) AS guests
FROM december
GROUP BY acquisition_channel
ORDER BY guests DESC, acquisition_channel
