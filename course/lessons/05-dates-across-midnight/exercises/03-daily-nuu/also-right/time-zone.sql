WITH j AS (
  SELECT guest_id,
         CAST((registered_at_utc AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo') - INTERVAL 5 HOUR AS DATE) AS d
  FROM guests
  WHERE NOT is_test
)
SELECT d, COUNT(*) FROM j
WHERE d >= DATE '2025-12-01' AND d < DATE '2026-01-01'
GROUP BY 1 ORDER BY 1
