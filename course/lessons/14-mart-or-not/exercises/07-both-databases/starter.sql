SELECT (2025 - birth_year) // 10 * 10 AS age_band,
       COUNT(*) AS guests,
       COUNT(*) FILTER (WHERE deleted_at_utc IS NULL) AS members
FROM guests
WHERE NOT is_test
  AND birth_year IS NOT NULL
GROUP BY age_band
ORDER BY age_band
