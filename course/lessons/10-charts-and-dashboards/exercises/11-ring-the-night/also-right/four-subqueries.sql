WITH day AS (
  SELECT k.business_date, k.dow_iso, k.is_closed,
         (SELECT COUNT(*)
          FROM talks AS t
          WHERE t.opened_at_utc >= k.business_date - INTERVAL 4 HOUR
            AND t.opened_at_utc < k.business_date + INTERVAL 20 HOUR
            AND t.cast_id IN (SELECT cast_id FROM casts WHERE area_code = 'SHINJUKU')
            AND t.guest_id IN (SELECT guest_id FROM guests WHERE NOT is_test)) AS talks
  FROM calendar AS k
  WHERE k.business_date > (SELECT MAX(business_date) FROM calendar) - INTERVAL 70 DAY
),
numbered AS (
  SELECT business_date, dow_iso, is_closed, talks,
         ROW_NUMBER() OVER (PARTITION BY dow_iso ORDER BY business_date DESC) AS back
  FROM day
  WHERE NOT is_closed OR business_date = (SELECT MAX(business_date) FROM calendar)
),
tonight AS (SELECT * FROM numbered WHERE business_date = (SELECT MAX(business_date) FROM calendar))
SELECT t.business_date, t.talks, AVG(n.talks) AS base, MAX(t.talks) / NULLIF(AVG(n.talks), 0) AS ratio,
       CASE WHEN t.is_closed THEN 0 WHEN AVG(n.talks) < 15 THEN 0 WHEN t.talks < 0.4 * AVG(n.talks) THEN 1 ELSE 0 END AS is_alert
FROM tonight AS t
LEFT JOIN numbered AS n ON n.dow_iso = t.dow_iso AND n.back BETWEEN 2 AND 5
GROUP BY t.business_date, t.talks, t.is_closed
