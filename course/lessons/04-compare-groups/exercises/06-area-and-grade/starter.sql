SELECT area_code, grade, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL
  AND NOT is_test
GROUP BY ___, ___
ORDER BY area_code, ___ DESC, grade
