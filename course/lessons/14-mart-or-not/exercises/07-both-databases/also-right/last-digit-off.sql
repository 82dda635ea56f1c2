SELECT 2025 - birth_year - MOD(2025 - birth_year, 10) AS age_band,
       COUNT(*) AS guests,
       COUNT(*) - COUNT(deleted_at_utc) AS members
FROM guests
WHERE NOT is_test
  AND birth_year IS NOT NULL
GROUP BY age_band
ORDER BY age_band
