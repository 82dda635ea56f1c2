-- ja: popular_v1 では人気のキャストが上に出る。順位をならすと、クリック率の上位10人が入れ替わる
-- en: Under popular_v1 popular casts stand on top; with the place evened out, the top ten by click rate change
-- planted ja: 表示の3分の1ほど乱した人気順。表示される人は変わらない
-- planted en: the order by popularity, disturbed by about a third; whom a list shows stays the same
-- found ja: 表示の多いキャストの平均順位 {:.1f}、少ないキャスト {:.1f}。上位10人のうち残るのは {} 人(クリック率の順位の相関 {:.2f})
-- found en: mean place of casts shown most {:.1f}, of those shown least {:.1f}; {} of the top ten remain (rank correlation {:.2f})
WITH shown AS (
  SELECT cast_id, position, is_clicked FROM list_impressions WHERE screen = 'list' AND algo = 'popular_v1'
),
place AS (SELECT position, avg(is_clicked::INT) AS rate FROM shown GROUP BY 1),
per_cast AS (
  SELECT cast_id, count(*) AS n, avg(position) AS place, avg(is_clicked::INT) AS raw, sum(is_clicked::INT) / sum(rate) AS even
  FROM shown JOIN place USING (position) GROUP BY 1
),
ranked AS (
  SELECT *, row_number() OVER (ORDER BY n DESC, cast_id) AS shown_rank, row_number() OVER (ORDER BY raw DESC, cast_id) AS raw_rank,
         row_number() OVER (ORDER BY even DESC, cast_id) AS even_rank, count(*) OVER () AS casts
  FROM per_cast WHERE n >= 40
),
summed AS (
  SELECT avg(place) FILTER (shown_rank <= casts / 5) AS most, avg(place) FILTER (shown_rank > 4 * casts / 5) AS least,
         count(*) FILTER (raw_rank <= 10 AND even_rank <= 10) AS stay, corr(raw_rank, even_rank) AS rank_correlation
  FROM ranked
)
SELECT most + 1 < least AND stay < 10 AS ok, most, least, stay, rank_correlation FROM summed
