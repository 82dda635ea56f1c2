-- ja: 首都圏の外のゲストに、遠いエリアのキャストばかり出ている
-- en: Guests outside greater Tokyo are mostly shown casts who work far away
-- planted ja: 一覧は住む地方を見ない。遠いキャストはクリックもトークも少ない
-- planted en: lists don't look at where a guest lives; far casts are clicked and talked to less
-- found ja: 表示100回あたりのトーク:首都圏 {:.2f} 件、ほかの地方 {:.2f} 件(z {:.1f})。ほかの地方でも同じ地方のキャストなら {:.2f} 件だが、表示の {:.1f}% しかない
-- found en: talks per 100 casts shown: greater Tokyo {:.2f}, other regions {:.2f} (z {:.1f}); there too it is {:.2f} for casts of the guest's own region, who are {:.1f} % of those shown
WITH home AS (
  SELECT guest_id, CASE WHEN prefecture IN ('東京都', '神奈川県', '埼玉県', '千葉県', 'Tokyo', 'Kanagawa', 'Saitama', 'Chiba') THEN '首都圏'
                        WHEN prefecture IN ('愛知県', 'Aichi') THEN '東海' WHEN prefecture IN ('福岡県', 'Fukuoka') THEN '九州'
                        WHEN prefecture IN ('大阪府', '兵庫県', '京都府', 'Osaka', 'Hyogo', 'Kyoto') THEN '関西' END AS region
  FROM guests WHERE NOT is_test
),
shown AS (
  SELECT h.region, a.region_ja = h.region AS near, count(DISTINCT i.event_id) AS shown
  FROM list_impressions AS i JOIN home AS h USING (guest_id) JOIN casts AS c USING (cast_id) JOIN areas AS a USING (area_code)
  WHERE h.region IS NOT NULL AND i.shown_at_utc + INTERVAL 4 HOUR >= '2025-10-01' GROUP BY ALL
),
talked AS (
  SELECT h.region, a.region_ja = h.region AS near, count(*) AS talks
  FROM talks AS t JOIN home AS h USING (guest_id) JOIN casts AS c USING (cast_id) JOIN areas AS a USING (area_code)
  WHERE h.region IS NOT NULL AND t.opened_at_utc + INTERVAL 4 HOUR >= '2025-10-01' GROUP BY ALL
),
summed AS (
  SELECT sum(talks) FILTER (region = '首都圏') AS t1, sum(shown) FILTER (region = '首都圏') AS n1, sum(talks) FILTER (region <> '首都圏') AS t0,
         sum(shown) FILTER (region <> '首都圏') AS n0, sum(talks) FILTER (region <> '首都圏' AND near) AS t_near,
         sum(shown) FILTER (region <> '首都圏' AND near) AS n_near
  FROM shown LEFT JOIN talked USING (region, near)
),
tested AS (SELECT *, (t1 / n1 - t0 / n0) / sqrt((t1 + t0) / (n1 + n0) * (1 / n1 + 1 / n0)) AS z FROM summed)
SELECT z >= 5 AND t0 / n0 < 0.7 * t1 / n1 AND t_near / n_near > 1.3 * t0 / n0 AND n_near < 0.15 * n0 AS ok,
       100 * t1 / n1, 100 * t0 / n0, z, 100 * t_near / n_near, 100 * n_near / n0
FROM tested
