SELECT area_code, grade, COUNT(cast_id) AS active_casts
FROM casts
WHERE NOT is_test AND retired_at_utc IS NULL
GROUP BY grade, area_code
ORDER BY area_code, COUNT(*) DESC, grade
