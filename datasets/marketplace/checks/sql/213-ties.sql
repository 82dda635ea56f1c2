-- ja: 上位N件の境目に同点がある(トーク数・完了アポ数)
-- en: Ties stand at the cut of top-N lists (talks, completed appointments)
-- planted ja: 2人以上が並ぶ段がいくつかある
-- planted en: several levels shared by two or more
-- found ja: キャスト {} 段(最大 {} アポ)、ゲスト {} 段(最大 {} トーク)
-- found en: {} levels of casts, up to {} appointments; {} levels of guests, up to {} talks
WITH cast_counts AS (SELECT count(*) AS n FROM appointments WHERE status = 'completed' GROUP BY cast_id),
guest_counts AS (SELECT count(*) AS n FROM talks GROUP BY guest_id),
cast_ties AS (SELECT n FROM cast_counts GROUP BY n HAVING count(*) >= 2),
guest_ties AS (SELECT n FROM guest_counts GROUP BY n HAVING count(*) >= 2),
counts AS (
  SELECT (SELECT count(*) FROM cast_ties) AS casts, (SELECT max(n) FROM cast_ties) AS cast_level, (SELECT count(*) FROM guest_ties) AS guests,
         (SELECT max(n) FROM guest_ties) AS guest_level
)
SELECT casts > 0 AND guests > 0 AS ok,
       casts, cast_level, guests, guest_level
FROM counts
