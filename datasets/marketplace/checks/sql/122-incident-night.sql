-- ja: 2025年12月19日は、新宿のトークとアポの依頼だけが10分の1になった
-- en: On 19 December 2025 talks and requests fell to a tenth in Shinjuku alone
-- planted ja: ふだんの10分の1。表示とクリックはふだんどおり(小さいデータでは数が足りず、見えない)
-- planted en: a tenth of the usual; impressions and clicks as ever (small data sets have too few to show it)
-- found ja: トーク {} 件(同じ曜日の平均 {:.1f} 件、z {:.1f})、依頼 {} 件(平均 {:.1f} 件)。ほかのエリアのトークは平均の {:.2f} 倍
-- found en: {} talks (mean of the weekday {:.1f}, z {:.1f}), {} requests (mean {:.1f}); talks in other areas {:.2f} times their mean
WITH talked AS (
  SELECT (t.opened_at_utc + INTERVAL 4 HOUR)::DATE AS day, count(*) FILTER (c.area_code = 'SHINJUKU') AS here, count(*) FILTER (c.area_code <> 'SHINJUKU') AS elsewhere
  FROM talks AS t JOIN casts AS c USING (cast_id) GROUP BY 1
),
asked AS (
  SELECT (a.requested_at_utc + INTERVAL 4 HOUR)::DATE AS day, count(*) AS here FROM appointments AS a JOIN casts AS c USING (cast_id)
  WHERE c.area_code = 'SHINJUKU' GROUP BY 1
),
nights AS (
  SELECT business_date AS day, coalesce(talked.here, 0) AS talks, coalesce(talked.elsewhere, 0) AS elsewhere, coalesce(asked.here, 0) AS requests
  FROM calendar LEFT JOIN talked ON talked.day = business_date LEFT JOIN asked ON asked.day = business_date
  WHERE business_date BETWEEN '2025-11-14' AND '2025-12-19' AND dow_iso = 5
),
summed AS (
  SELECT max(talks) FILTER (day = '2025-12-19') AS talks, avg(talks) FILTER (day < '2025-12-19') AS usual, max(requests) FILTER (day = '2025-12-19') AS requests,
         avg(requests) FILTER (day < '2025-12-19') AS usual_requests,
         max(elsewhere) FILTER (day = '2025-12-19') / nullif(avg(elsewhere) FILTER (day < '2025-12-19'), 0) AS elsewhere
  FROM nights
)
SELECT usual < 20 OR (talks < 0.7 * usual AND (talks - usual) / sqrt(usual) <= -2.5 AND elsewhere > 0.7) AS ok,
       talks, usual, (talks - usual) / sqrt(usual), requests, usual_requests, elsewhere
FROM summed
