SELECT prefecture, gender, (2025 - birth_year) // 10 * 10 AS age_band, COUNT(birth_year) AS guests
FROM guests
WHERE NOT is_test
GROUP BY prefecture, gender, age_band
HAVING COUNT(birth_year) < 5
