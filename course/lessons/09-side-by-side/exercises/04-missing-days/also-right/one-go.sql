SELECT k.business_date, COUNT(t.talk_id) AS talks
FROM calendar AS k
LEFT JOIN (
  SELECT t.talk_id, CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id AND c.area_code = 'NAGOYA'
  JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test
) AS t ON t.business_date = k.business_date
WHERE k.month_start = DATE '2025-06-01'
GROUP BY k.business_date
ORDER BY k.business_date
