WITH japan AS (
  SELECT EXTRACT(hour FROM t.opened_at_utc + INTERVAL 9 HOUR) AS h
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE g.is_test = FALSE
    AND CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
)
SELECT CASE WHEN h < 5 THEN h + 24 ELSE h END AS business_hour, COUNT(*) AS talks
FROM japan
GROUP BY 1
ORDER BY 1
%chart line x=business_hour y=talks
