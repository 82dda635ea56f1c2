SELECT prefecture, gender, (2025 - birth_year) // 10 * 10 AS age_band, COUNT(*) AS guests
FROM guests
WHERE NOT is_test AND birth_year IS NOT NULL AND prefecture IS NOT NULL AND gender IS NOT NULL
GROUP BY prefecture, gender, age_band
HAVING COUNT(*) < 5
