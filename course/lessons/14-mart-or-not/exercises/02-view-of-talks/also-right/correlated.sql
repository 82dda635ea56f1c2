CREATE OR REPLACE VIEW my.talks_by_day_area AS
SELECT k.business_date, a.area_code,
       (SELECT COUNT(*)
        FROM talks AS t
        JOIN casts AS c ON c.cast_id = t.cast_id
        JOIN guests AS g ON g.guest_id = t.guest_id
        WHERE NOT g.is_test AND NOT c.is_test
          AND c.area_code = a.area_code
          AND CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) = k.business_date) AS talks
FROM calendar AS k, areas AS a
WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
