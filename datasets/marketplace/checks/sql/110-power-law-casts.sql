-- ja: 表示は人気キャストに集中する
-- en: Impressions concentrate on popular casts
-- planted ja: 重み 1 ÷ (順位 + 5)
-- planted en: weight 1 / (rank + 5)
-- found ja: 上位1割のキャスト {:.1f}%、上位1% {:.1f}%
-- found en: top tenth of casts {:.1f} %, top hundredth {:.1f} %
WITH shown AS (
  SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC, cast_id) AS place FROM list_impressions GROUP BY cast_id
),
parts AS (
  SELECT 100 * sum(n) FILTER (WHERE place <= (SELECT ceil(count(*) / 10) FROM casts)) / sum(n) AS tenth,
         100 * sum(n) FILTER (WHERE place <= (SELECT ceil(count(*) / 100) FROM casts)) / sum(n) AS hundredth
  FROM shown
)
SELECT tenth BETWEEN 22 AND 75 AS ok,
       tenth, hundredth
FROM parts
