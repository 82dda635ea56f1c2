-- ja: 受付枠に、隣り合うものと重なるものがある
-- en: Shifts touch and overlap
WITH slots AS (
  SELECT ends_at_jst, lead(starts_at_jst) OVER (PARTITION BY cast_id ORDER BY starts_at_jst) AS following FROM cast_shifts
)
SELECT count(*) FILTER (WHERE following = ends_at_jst) > 0 AND count(*) FILTER (WHERE following < ends_at_jst) > 0 AS ok,
       'one slot in five has a second one' AS planted,
       format('{} touch, {} overlap, of {}', count(*) FILTER (WHERE following = ends_at_jst), count(*) FILTER (WHERE following < ends_at_jst),
              count(*)) AS found
FROM slots
