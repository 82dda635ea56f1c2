-- ja: トークになっても依頼されないキャストが、一覧の場所を使っている
-- en: Casts who are talked to but hardly ever asked take up the list
-- planted ja: 人気順で12人に1人は、よくクリックされるが依頼はほとんどされない
-- planted en: one cast in twelve is clicked often and hardly ever asked
-- found ja: 1〜6月に依頼が全体の率の半分以下だったキャスト {} 人(トーク30件以上)。7月以降も依頼はトークの {:.1f}%(ほかは {:.1f}%、z {:.1f})。クリックの {:.1f}%、依頼の {:.1f}%
-- found en: {} casts had half the usual rate of requests or less from January to June (30 talks or more); from July on {:.1f} % of their talks lead to one (others {:.1f} %, z {:.1f}); they have {:.1f} % of clicks, {:.1f} % of requests
WITH talked AS (
  SELECT t.cast_id, t.opened_at_utc + INTERVAL 4 HOUR < '2025-07-01' AS before, (EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = t.talk_id))::INT AS asks
  FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test
  WHERE t.opened_at_utc + INTERVAL 4 HOUR >= '2025-01-01' AND t.opened_at_utc + INTERVAL 4 HOUR < '2025-12-18'
),
chosen AS (
  SELECT cast_id FROM talked WHERE before GROUP BY cast_id HAVING count(*) >= 30 AND avg(asks) <= 0.5 * (SELECT avg(asks) FROM talked WHERE before)
),
later AS (SELECT asks, cast_id IN (FROM chosen) AS x FROM talked WHERE NOT before),
clicks AS (
  SELECT count(DISTINCT event_id) FILTER (cast_id IN (FROM chosen)) / count(DISTINCT event_id) AS share
  FROM list_impressions AS i JOIN guests AS g ON g.guest_id = i.guest_id AND NOT g.is_test
  WHERE i.is_clicked AND i.shown_at_utc + INTERVAL 4 HOUR >= '2025-07-01'
),
summed AS (
  SELECT (SELECT count(*) FROM chosen) AS casts, avg(asks) FILTER (x) AS p1, avg(asks) FILTER (NOT x) AS p0, avg(asks) AS p, count(*) FILTER (x) AS n1,
         count(*) FILTER (NOT x) AS n0, sum(asks) FILTER (x) / sum(asks) AS of_requests
  FROM later
),
tested AS (SELECT *, (p0 - p1) / sqrt(p * (1 - p) * (1 / n1 + 1 / n0)) AS z FROM summed)
SELECT casts >= 3 AND z >= 3 AND p1 < 0.6 * p0 AND of_requests < 0.7 * share AS ok, casts, 100 * p1, 100 * p0, z, 100 * share, 100 * of_requests
FROM tested CROSS JOIN clicks
