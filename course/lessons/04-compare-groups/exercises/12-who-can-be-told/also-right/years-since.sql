SELECT prefecture, gender, FLOOR((2025 - birth_year) / 10) * 10 AS age_band, COUNT(guest_id) AS guests
FROM guests
WHERE NOT is_test
GROUP BY prefecture, gender, age_band
HAVING guests <= 4
