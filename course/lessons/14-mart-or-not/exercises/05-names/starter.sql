CREATE OR REPLACE VIEW my.tmp_new2_final AS
SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS d,
       area_code AS a,
       COUNT(*) AS cnt,
       SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS cnt2,
       ROUND(AVG(CASE WHEN status = 'completed' THEN 1.0 ELSE 0 END), 4) AS r
FROM appointments
GROUP BY d, a
