SELECT (SELECT COUNT(*) - COUNT(DISTINCT (business_date, area_code)) FROM lesson.old_mart) AS dup_keys,
       (SELECT COUNT(*) FROM calendar AS k CROSS JOIN areas AS a WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31')
       - (SELECT COUNT(DISTINCT (business_date, area_code)) FROM lesson.old_mart) AS missing_keys,
       (SELECT MAX(business_date) FROM lesson.old_mart) AS latest_day
