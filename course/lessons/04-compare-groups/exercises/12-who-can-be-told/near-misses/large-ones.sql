SELECT prefecture, gender, (2025 - birth_year) // 10 * 10 AS age_band, COUNT(*) AS guests
FROM guests
WHERE NOT is_test
GROUP BY prefecture, gender, age_band
HAVING COUNT(*) >= 5
