SELECT (2025 - birth_year) - (2025 - birth_year) % 10 AS age_band, COUNT(guest_id) AS guests
FROM guests
WHERE is_test = FALSE
GROUP BY 1
ORDER BY 1 NULLS LAST
