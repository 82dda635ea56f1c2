WITH t AS (SELECT opened_at_utc + INTERVAL 9 HOUR AS at_jst FROM talks)
SELECT CASE WHEN hour(at_jst) < 5 THEN hour(at_jst) + 24 ELSE hour(at_jst) END AS business_hour, COUNT(*) AS talks
FROM t
WHERE at_jst >= TIMESTAMP '2025-12-01 05:00' AND at_jst < TIMESTAMP '2026-01-01 05:00'
GROUP BY 1
ORDER BY 1
