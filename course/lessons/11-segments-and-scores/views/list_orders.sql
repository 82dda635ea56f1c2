WITH past AS (
  SELECT cast_id,
         SUM(CASE WHEN is_clicked AND shown_at_utc < TIMESTAMP '2025-09-30 20:00'
                  THEN 1 ELSE 0 END) AS old_clicks,
         SUM(CASE WHEN is_clicked AND shown_at_utc >= TIMESTAMP '2025-09-30 20:00' THEN 1 ELSE 0 END) AS clicks,
         SUM(CASE WHEN shown_at_utc >= TIMESTAMP '2025-09-30 20:00' THEN 1 ELSE 0 END) AS imps
  FROM list_impressions
  WHERE screen = 'list' AND shown_at_utc < TIMESTAMP '2025-11-30 20:00'
  GROUP BY cast_id
),
scored AS (
  SELECT i.session_id, i.cast_id, i.position,
         CASE WHEN i.is_clicked THEN 1.0 ELSE 0 END AS clicked,
         CASE WHEN c.main_tag = g.interest_tag THEN 1 ELSE 0 END AS same_tag,
         CASE WHEN g.prefecture = '東京都' AND a.region_ja = '首都圏' THEN 1 ELSE 0 END AS same_region,
         COALESCE(p.old_clicks, 0) AS old_clicks,
         (COALESCE(p.clicks, 0) + 30) / (COALESCE(p.imps, 0) + 200) AS smoothed_rate
  FROM list_impressions AS i
  JOIN guests AS g ON g.guest_id = i.guest_id
  JOIN casts AS c ON c.cast_id = i.cast_id
  JOIN areas AS a ON a.area_code = c.area_code
  LEFT JOIN past AS p ON p.cast_id = i.cast_id
  WHERE i.screen = 'list' AND i.session_id IS NOT NULL AND NOT g.is_test
    AND i.shown_at_utc >= TIMESTAMP '2025-11-30 20:00' AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
)
SELECT position, clicked,
       ROW_NUMBER() OVER (PARTITION BY session_id ORDER BY old_clicks DESC, cast_id) AS by_old,
       ROW_NUMBER() OVER (PARTITION BY session_id ORDER BY same_tag + smoothed_rate DESC, cast_id) AS by_rule,
       ROW_NUMBER() OVER (PARTITION BY session_id
                          ORDER BY 63 * same_tag + 32 * same_region + 800 * smoothed_rate DESC, cast_id) AS by_model
FROM scored
