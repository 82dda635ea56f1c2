-- ja: 深夜に利用が多い(日本時間の山は21〜1時)
-- en: Late-night use: the peak is between 21 and 1 o'clock Japan time
-- planted ja: 山は21〜1時、5〜6時はほぼ空。UTCのまま読むと山が9時間ずれる
-- planted en: peak 21-1 h, 5-6 h nearly empty; read as UTC the peak is nine hours off
-- found ja: 山は{}時、21〜1時 {:.1f}%、5〜6時 {:.1f}%
-- found en: peak {} h; 21-1 h {:.1f} %; 5-6 h {:.1f} %
WITH hours AS (
  SELECT hour(started_at_utc + INTERVAL 9 HOUR) AS hour_jst, count(*) AS visits FROM sessions GROUP BY 1
),
parts AS (
  SELECT arg_max(hour_jst, visits) AS peak, sum(visits) AS n,
         sum(visits) FILTER (WHERE hour_jst >= 21 OR hour_jst < 2) AS late, sum(visits) FILTER (WHERE hour_jst IN (5, 6)) AS dawn
  FROM hours
)
SELECT peak IN (21, 22, 23, 0, 1) AND late > 0.33 * n AND dawn < 0.03 * n AS ok,
       peak, 100 * late / n, 100 * dawn / n
FROM parts
