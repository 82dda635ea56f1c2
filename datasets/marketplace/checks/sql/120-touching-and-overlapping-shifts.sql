-- ja: 受付枠に、隣り合うものと重なるものがある
-- en: Shifts touch and overlap
-- planted ja: 5枠に1枠は2枠目がある
-- planted en: one slot in five has a second one
-- found ja: {2} 枠のうち、隣り合う {0}、重なる {1}
-- found en: {} touch, {} overlap, of {}
WITH slots AS (
  SELECT ends_at_jst, lead(starts_at_jst) OVER (PARTITION BY cast_id ORDER BY starts_at_jst) AS following FROM cast_shifts
)
SELECT count(*) FILTER (WHERE following = ends_at_jst) > 0 AND count(*) FILTER (WHERE following < ends_at_jst) > 0 AS ok,
       count(*) FILTER (WHERE following = ends_at_jst), count(*) FILTER (WHERE following < ends_at_jst), count(*)
FROM slots
