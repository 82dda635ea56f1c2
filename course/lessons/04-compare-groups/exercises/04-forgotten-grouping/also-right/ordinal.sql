SELECT area_code, COUNT(*) AS active_casts
FROM casts
WHERE retired_at_utc IS NULL AND is_test = FALSE
GROUP BY 1
ORDER BY 2 DESC, 1
