WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date, COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id AND g.is_test = FALSE
  JOIN casts AS c ON c.cast_id = t.cast_id AND c.area_code = 'SHINJUKU'
  GROUP BY 1
),
daily AS (
  SELECT k.business_date, k.dow_iso, k.is_closed, COALESCE(d.talks, 0) AS talks
  FROM calendar AS k
  LEFT JOIN counted AS d USING (business_date)
),
last_night AS (
  SELECT * FROM daily WHERE business_date = (SELECT MAX(business_date) FROM calendar)
),
before AS (
  SELECT b.talks, ROW_NUMBER() OVER (ORDER BY b.business_date DESC) AS n
  FROM daily AS b
  JOIN last_night AS l ON b.dow_iso = l.dow_iso AND b.business_date < l.business_date
  WHERE NOT b.is_closed
),
usual AS (SELECT AVG(talks) AS base FROM before WHERE n <= 4)
SELECT l.business_date, l.talks, u.base, l.talks / NULLIF(u.base, 0) AS ratio,
       (NOT l.is_closed AND u.base >= 15 AND l.talks < u.base * 0.4) AS is_alert
FROM last_night AS l
CROSS JOIN usual AS u
