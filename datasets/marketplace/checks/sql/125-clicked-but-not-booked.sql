-- ja: クリックは多いのに、トークがアポにつながらないキャストがいる
-- en: Some casts are clicked more than most, and their talks hardly ever lead to a request
-- planted ja: 人気順で12人に1人。クリックは 360/256 倍、依頼は 40/256 倍
-- planted en: one cast in twelve, by popularity; clicked 360/256 as often, asked 40/256 as often
-- found ja: {} 人。クリック率 {:.1f}%(全体 {:.1f}%)、トーク100件あたりの依頼 {:.1f}(全体 {:.1f})
-- found en: {} casts; clicked {:.1f} % (all {:.1f} %), requests per 100 talks {:.1f} (all {:.1f})
WITH clicks AS (SELECT cast_id, count(*) AS shown, sum(is_clicked::INT) AS clicked FROM list_impressions GROUP BY 1),
talked AS (SELECT cast_id, count(*) AS talks FROM talks GROUP BY 1),
asked AS (SELECT cast_id, count(*) AS requests FROM appointments GROUP BY 1),
per_cast AS (
  SELECT cast_id, shown, clicked, talks, coalesce(requests, 0) AS requests, sum(clicked) OVER () / sum(shown) OVER () AS click_rate,
         sum(coalesce(requests, 0)) OVER () / sum(talks) OVER () AS request_rate
  FROM clicks JOIN talked USING (cast_id) LEFT JOIN asked USING (cast_id)
),
tempting AS (SELECT * FROM per_cast WHERE talks >= 25 AND clicked / shown > 1.1 * click_rate AND requests / talks < (CASE WHEN (SELECT count(*) FROM talks) < 5000 THEN 0.5 ELSE 0.4 END) * request_rate)
SELECT count(*) > 0 AS ok, count(*), 100 * sum(clicked) / sum(shown), 100 * any_value(click_rate), 100 * sum(requests) / sum(talks), 100 * any_value(request_rate)
FROM tempting
