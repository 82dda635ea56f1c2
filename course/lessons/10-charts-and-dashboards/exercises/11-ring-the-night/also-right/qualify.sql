WITH daily AS (
  SELECT k.business_date, k.dow_iso, k.is_closed,
         COUNT(t.talk_id) FILTER (WHERE c.area_code = 'SHINJUKU' AND NOT g.is_test) AS talks
  FROM calendar AS k
  LEFT JOIN talks AS t ON CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) = k.business_date
  LEFT JOIN casts AS c ON c.cast_id = t.cast_id
  LEFT JOIN guests AS g ON g.guest_id = t.guest_id
  GROUP BY k.business_date, k.dow_iso, k.is_closed
)
SELECT business_date, talks,
       AVG(CASE WHEN is_closed THEN NULL ELSE talks END) OVER usual AS base,
       talks / NULLIF(AVG(CASE WHEN is_closed THEN NULL ELSE talks END) OVER usual, 0) AS ratio,
       CASE WHEN is_closed THEN 0
            WHEN AVG(talks) OVER usual >= 15 AND talks < 0.4 * AVG(talks) OVER usual THEN 1
            ELSE 0 END AS is_alert
FROM daily
WINDOW usual AS (PARTITION BY dow_iso, is_closed ORDER BY business_date ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING)
QUALIFY ROW_NUMBER() OVER (ORDER BY business_date DESC) = 1
