WITH params AS (
  SELECT DATE '{{ starts_on }}' AS starts_on, '{{ area }}' AS area_code
),
wanted AS (
  SELECT business_date
  FROM calendar
  WHERE business_date >= (SELECT starts_on FROM params)
    AND business_date <= (SELECT starts_on FROM params) + INTERVAL 13 DAY
),
chosen AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date, t.talk_id, t.guest_id
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id AND g.is_test = FALSE
  WHERE t.cast_id IN (SELECT cast_id FROM casts WHERE area_code = (SELECT area_code FROM params))
)
SELECT w.business_date, COUNT(c.talk_id) AS talks, COUNT(DISTINCT c.guest_id) AS guests
FROM wanted AS w
LEFT JOIN chosen AS c ON c.business_date = w.business_date
GROUP BY w.business_date
ORDER BY w.business_date
