SELECT EXTRACT(hour FROM t.opened_at_utc + INTERVAL 9 HOUR) AS business_hour,
       COUNT(*) AS talks
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY business_hour
ORDER BY business_hour
%chart bar x=business_hour y=talks
