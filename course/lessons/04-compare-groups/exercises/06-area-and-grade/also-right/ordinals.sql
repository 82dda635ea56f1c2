SELECT area_code, grade, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL AND NOT is_test
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2
