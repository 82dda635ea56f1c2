-- ja: 表示が少なくクリックの多いキャスト、地域で違うクリック率、検索画面、引退したキャストの表示がある
-- en: Casts with few impressions and many clicks; click rates that differ by segment; search screen; impressions of retired casts
-- planted ja: 検索 20%。自分の地域のキャストほどクリックされる
-- planted en: 20 % search; casts of the own region are clicked more
-- found ja: 小さいセル {}、検索 {:.1f}%、引退 {:.1f}%。東京 {:.1f}%、それ以外 {:.1f}%、不明 {:.1f}%
-- found en: {} small cells; {:.1f} % search; {:.1f} % of retired casts; Tokyo {:.1f} %, other {:.1f} %, unknown {:.1f} %
WITH base AS (
  SELECT i.*, c.retired_at_utc IS NOT NULL AS is_retired,
         CASE WHEN g.prefecture IS NULL THEN 'unknown' WHEN g.prefecture IN ('東京都', 'Tokyo') THEN 'Tokyo' ELSE 'other' END AS segment
  FROM list_impressions AS i JOIN casts AS c USING (cast_id) JOIN guests AS g USING (guest_id)
),
segments AS (SELECT segment, 100 * avg(is_clicked::INT) AS rate FROM base GROUP BY 1),
cells AS (
  SELECT b.segment, b.cast_id FROM base AS b JOIN segments AS s USING (segment) GROUP BY 1, 2
  HAVING count(*) <= 60 AND 100 * avg(b.is_clicked::INT) >= 1.4 * any_value(s.rate)
),
counts AS (
  SELECT (SELECT count(*) FROM cells) AS small_cells, 100 * avg((screen = 'search')::INT) AS search, 100 * avg(is_retired::INT) AS retired,
         (SELECT max(rate) / min(rate) FROM segments) AS contrast,
         (SELECT max(rate) FROM segments WHERE segment = 'Tokyo') AS tokyo, (SELECT max(rate) FROM segments WHERE segment = 'other') AS other,
         (SELECT max(rate) FROM segments WHERE segment = 'unknown') AS unknown
  FROM base
)
SELECT small_cells > 0 AND search BETWEEN 10 AND 30 AND retired > 0 AND contrast > 1.02 AS ok,
       small_cells, search, retired, tokyo, other, unknown
FROM counts
