-- ja: 一覧の表示順位が上ほどクリックされる
-- en: The higher the place in the list, the more clicks
-- planted ja: 平均的なキャストで1,000回中のクリック:1位 210、3位 136、8位 74
-- planted en: clicks in 1,000 for an average cast: 210 at place 1, 136 at 3, 74 at 8
-- found ja: 1位 {:.1f}%、3位 {:.1f}%、8位 {:.1f}%
-- found en: place 1 {:.1f} %, 3 {:.1f} %, 8 {:.1f} %
WITH places AS (
  SELECT 100 * avg(is_clicked::INT) FILTER (WHERE position = 1) AS first, 100 * avg(is_clicked::INT) FILTER (WHERE position = 3) AS third,
         100 * avg(is_clicked::INT) FILTER (WHERE position = 8) AS eighth
  FROM list_impressions WHERE screen = 'list'
)
SELECT first > 1.25 * third AND third > 1.15 * eighth AS ok,
       first, third, eighth
FROM places
