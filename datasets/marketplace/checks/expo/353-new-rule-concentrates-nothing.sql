-- ja: 見せかけ:10月の並び順で、表示が人気のキャストに集まった
-- en: False trail: October's order gives popular casts more of the list
-- planted ja: 上位1割が表示の半分近くを占めるが、並び順を変える前も同じ
-- planted en: the top tenth has nearly half of what is shown, and had as much before the change
-- found ja: 表示の多いキャスト上位1割の割合:7〜9月 {:.1f}%、10〜12月 {:.1f}%
-- found en: share of the tenth of casts shown most: {:.1f} % from July to September, {:.1f} % from October to December
WITH shown AS (
  SELECT i.shown_at_utc >= '2025-09-30 20:00' AS after, i.cast_id, count(DISTINCT i.event_id) AS shown
  FROM list_impressions AS i JOIN guests AS g ON g.guest_id = i.guest_id AND NOT g.is_test
  WHERE i.shown_at_utc + INTERVAL 4 HOUR >= '2025-07-01' GROUP BY ALL
),
tenths AS (SELECT *, ntile(10) OVER (PARTITION BY after ORDER BY shown DESC, cast_id) AS tenth FROM shown),
shares AS (SELECT after, sum(shown) FILTER (tenth = 1) / sum(shown) AS share FROM tenths GROUP BY after)
SELECT max(share) FILTER (after) > 0.35 AND max(share) FILTER (after) - max(share) FILTER (NOT after) < 0.025 AS ok,
       100 * max(share) FILTER (NOT after), 100 * max(share) FILTER (after)
FROM shares
