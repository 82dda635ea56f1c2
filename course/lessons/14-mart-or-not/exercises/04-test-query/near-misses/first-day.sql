SELECT (SELECT COUNT(*)
        FROM (SELECT business_date, area_code
              FROM lesson.old_mart
              GROUP BY business_date, area_code
              HAVING COUNT(*) >= 2) AS d) AS dup_keys,
       (SELECT COUNT(*)
        FROM calendar AS k
        CROSS JOIN areas AS a
        WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
          AND NOT EXISTS (SELECT 1 FROM lesson.old_mart AS m
                          WHERE m.business_date = k.business_date AND m.area_code = a.area_code)) AS missing_keys,
       (SELECT MIN(business_date) FROM lesson.old_mart) AS latest_day
