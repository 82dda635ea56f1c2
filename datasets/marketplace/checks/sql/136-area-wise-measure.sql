-- ja: 渋谷だけの施策(venue_perk)で、渋谷のトークからの依頼が増えた。ほかのエリアは増えていない
-- en: A measure in Shibuya alone (venue_perk): more talks lead to a request there, and no more elsewhere
-- planted ja: 2025年6〜9月、渋谷のキャストとのトークでは依頼が2倍出やすい(小さいデータでは差が揺れに隠れる)
-- planted en: from June to September 2025 twice as readily asked with Shibuya's casts (chance hides it in small data sets)
-- found ja: 依頼につながったトーク:渋谷 前の1年 {:.1f}%、期間中 {:.1f}%、ほかのエリア {:.1f}%、{:.1f}%。差の差 {:+.1f} ポイント(z {:.1f})、ほかのエリアの前後の z {:.1f}
-- found en: talks with a request: Shibuya {:.1f} % in the year before, {:.1f} % during, elsewhere {:.1f} % and {:.1f} %; difference of differences {:+.1f} points (z {:.1f}); before and during elsewhere z {:.1f}
WITH talked AS (
  SELECT c.area_code = m.area_code AS here, t.opened_at_utc + INTERVAL 4 HOUR >= m.starts_on AS during,
         EXISTS (SELECT 1 FROM appointments AS a WHERE a.guest_id = t.guest_id AND a.cast_id = t.cast_id AND a.requested_at_utc >= t.opened_at_utc
                 AND a.requested_at_utc < t.opened_at_utc + INTERVAL 14 DAY)::INT AS asks
  FROM talks AS t JOIN casts AS c USING (cast_id) JOIN experiments AS m ON m.unit = 'area'
  WHERE t.opened_at_utc + INTERVAL 4 HOUR >= m.starts_on - INTERVAL 12 MONTH AND t.opened_at_utc + INTERVAL 4 HOUR < m.ends_on + INTERVAL 1 DAY
),
cells AS (SELECT here, during, avg(asks) AS p, avg(asks) * (1 - avg(asks)) / count(*) AS v, count(*) AS n FROM talked GROUP BY 1, 2),
summed AS (
  SELECT max(p) FILTER (here AND NOT during) AS h0, max(p) FILTER (here AND during) AS h1, max(p) FILTER (NOT here AND NOT during) AS e0,
         max(p) FILTER (NOT here AND during) AS e1, sum(v) AS v, sum(v) FILTER (NOT here) AS v_else, sum(n) AS n
  FROM cells
)
SELECT n < 12000 OR (((h1 - h0) - (e1 - e0)) / sqrt(v) >= 3 AND abs(e1 - e0) < 0.4 * (h1 - h0)) AS ok,
       100 * h0, 100 * h1, 100 * e0, 100 * e1, 100 * ((h1 - h0) - (e1 - e0)), ((h1 - h0) - (e1 - e0)) / sqrt(v), (e1 - e0) / sqrt(v_else)
FROM summed
