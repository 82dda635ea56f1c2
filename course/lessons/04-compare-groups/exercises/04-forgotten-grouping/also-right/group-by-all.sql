SELECT area_code, COUNT(cast_id) AS active_casts
FROM casts
WHERE NOT is_test AND retired_at_utc IS NULL
GROUP BY ALL
ORDER BY active_casts DESC, area_code
