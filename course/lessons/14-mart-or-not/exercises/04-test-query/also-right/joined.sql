WITH keys AS (
  SELECT business_date, area_code, COUNT(*) AS n
  FROM lesson.old_mart
  GROUP BY business_date, area_code
)
SELECT COALESCE(SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END), 0) AS dup_keys,
       COALESCE(SUM(CASE WHEN n IS NULL THEN 1 ELSE 0 END), 0) AS missing_keys,
       MAX(m.business_date) AS latest_day
FROM calendar AS k
CROSS JOIN areas AS a
LEFT JOIN keys AS m ON m.business_date = k.business_date AND m.area_code = a.area_code
WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
