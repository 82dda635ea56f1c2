WITH ages AS (SELECT guest_id, 2025 - birth_year AS age FROM guests WHERE NOT is_test)
SELECT age // 10 * 10 AS age_band, COUNT(*) AS guests
FROM ages
GROUP BY age // 10 * 10
ORDER BY age_band
