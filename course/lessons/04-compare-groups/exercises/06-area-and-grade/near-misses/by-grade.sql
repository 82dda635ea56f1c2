SELECT area_code, grade, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL
  AND NOT is_test
GROUP BY area_code, grade
ORDER BY area_code, grade DESC, grade
