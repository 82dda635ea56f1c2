SELECT CAST(FLOOR((2025 - birth_year) / 10) AS INT) * 10 AS age_band,
       COUNT(*) AS guests,
       COUNT(*) AS members
FROM guests
WHERE NOT is_test
  AND birth_year IS NOT NULL
  AND deleted_at_utc IS NULL
GROUP BY age_band
ORDER BY age_band
