SELECT (date_part('hour', started_at) + 19) % 24 + 5 AS business_hour,
       COUNT(*) AS talks
FROM talks
GROUP BY business_hour
ORDER BY business_hour
%chart bar x=business_hour y=talks
