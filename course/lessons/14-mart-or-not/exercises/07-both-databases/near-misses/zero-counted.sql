SELECT CAST(FLOOR((2025 - birth_year) / 10) AS INT) * 10 AS age_band,
       COUNT(*) AS guests,
       COUNT(CASE WHEN deleted_at_utc IS NULL THEN 1 ELSE 0 END) AS members
FROM guests
WHERE NOT is_test
  AND birth_year IS NOT NULL
GROUP BY age_band
ORDER BY age_band
