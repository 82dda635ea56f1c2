SELECT ANY_VALUE(area_code) AS area_code, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL
  AND NOT is_test
ORDER BY active_casts DESC, area_code
