CREATE OR REPLACE VIEW my.requests_by_day_area AS
SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
       area_code,
       COUNT(*) AS cnt,
       SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS completed,
       ROUND(AVG(CASE WHEN status = 'completed' THEN 1.0 ELSE 0 END), 4) AS completed_share
FROM appointments
GROUP BY business_date, area_code
