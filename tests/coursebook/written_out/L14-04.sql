WITH mart AS (
  SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date, area_code, COUNT(*) AS requests
  FROM appointments
  WHERE event_type = 'dinner'
    AND requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND requested_at_utc < TIMESTAMP '2025-12-31 20:00'
  GROUP BY business_date, area_code
  UNION ALL
  SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE), area_code, COUNT(*)
  FROM appointments
  WHERE event_type <> 'dinner'
    AND requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND requested_at_utc < TIMESTAMP '2025-12-31 20:00'
  GROUP BY 1, 2
)
SELECT (SELECT COUNT(*)
        FROM (SELECT business_date, area_code
              FROM mart
              GROUP BY business_date, area_code
              HAVING COUNT(*) >= 2) AS d) AS dup_keys,
       (SELECT COUNT(*)
        FROM calendar AS k
        CROSS JOIN areas AS a
        WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
          AND NOT EXISTS (SELECT 1 FROM mart AS m
                          WHERE m.business_date = k.business_date AND m.area_code = a.area_code)) AS missing_keys,
       (SELECT MAX(business_date) FROM mart) AS latest_day
