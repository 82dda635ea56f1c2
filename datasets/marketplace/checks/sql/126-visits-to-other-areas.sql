-- ja: キャストの活動エリアの外で開かれるアポがある
-- en: Some appointments take place outside the cast's own area
-- planted ja: 12%。近くのエリアに限る
-- planted en: 12 %, in an area nearby
-- found ja: {} 件、{:.1f}%。12月31日の依頼では {} 件
-- found en: {}, that is {:.1f} %; {} of those asked for on 31 December
WITH away AS (
  SELECT a.area_code <> c.area_code AS is_away, a.requested_at_utc FROM appointments AS a JOIN casts AS c USING (cast_id)
)
SELECT avg(is_away::INT) BETWEEN 0.08 AND 0.16 AS ok, count(*) FILTER (is_away), 100 * avg(is_away::INT),
       count(*) FILTER (is_away AND requested_at_utc >= '2025-12-30 20:00')
FROM away
