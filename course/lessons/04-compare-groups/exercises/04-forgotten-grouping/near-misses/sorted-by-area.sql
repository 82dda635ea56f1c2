SELECT area_code, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL
  AND NOT is_test
GROUP BY area_code
ORDER BY area_code
