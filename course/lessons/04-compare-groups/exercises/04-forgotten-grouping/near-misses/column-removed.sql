SELECT COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL
  AND NOT is_test
