SELECT (SELECT COUNT(*)
        FROM (SELECT business_date, area_code
              FROM lesson.old_mart
              GROUP BY business_date, area_code
              HAVING COUNT(*) >= 2) AS d) AS dup_keys,
       (SELECT COUNT(*) FROM (SELECT DISTINCT business_date, area_code FROM lesson.old_mart) AS m) AS missing_keys,
       (SELECT MAX(business_date) FROM lesson.old_mart) AS latest_day
