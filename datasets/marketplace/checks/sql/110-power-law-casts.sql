-- ja: 表示は人気キャストに集中する
-- en: Impressions concentrate on popular casts
WITH shown AS (
  SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC, cast_id) AS place FROM list_impressions GROUP BY cast_id
),
parts AS (
  SELECT 100 * sum(n) FILTER (WHERE place <= (SELECT ceil(count(*) / 10) FROM casts)) / sum(n) AS tenth,
         100 * sum(n) FILTER (WHERE place <= (SELECT ceil(count(*) / 100) FROM casts)) / sum(n) AS hundredth
  FROM shown
)
SELECT tenth BETWEEN 22 AND 75 AS ok, 'weight 1 / (rank + 5)' AS planted,
       format('top tenth of casts {:.1f} %, top hundredth {:.1f} %', tenth, hundredth) AS found
FROM parts
