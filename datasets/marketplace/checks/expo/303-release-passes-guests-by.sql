-- ja: 10月の並び順の変更は、興味タグのないゲストに届いていない
-- en: October's order of the list passes guests without a topic by
-- planted ja: taste_v2 は興味タグの同じキャストを前に出す。タグが空の2割のゲストには何も変わらない
-- planted en: taste_v2 puts casts of the guest's topic first; for the fifth of guests without one nothing changes
-- found ja: 一覧の同じ順位でそろえたクリック率の変化(7〜9月→10〜12月):タグあり {:.2f} 倍、なし {:.2f} 倍(z {:.1f})。タグなしは訪問したゲストの {:.1f}%
-- found en: clicks at equal places, July to September against October to December: {:.2f} times with a topic, {:.2f} without (z {:.1f}); those without are {:.1f} % of visiting guests
WITH shown AS (
  SELECT DISTINCT i.event_id, i.guest_id, g.interest_tag IS NOT NULL AS tagged, i.shown_at_utc >= '2025-09-30 20:00' AS after, i.position, i.is_clicked::INT AS hit
  FROM list_impressions AS i JOIN guests AS g ON g.guest_id = i.guest_id AND NOT g.is_test
  WHERE i.screen = 'list' AND i.shown_at_utc + INTERVAL 4 HOUR >= '2025-07-01'
),
usual AS (SELECT position, avg(hit) AS rate FROM shown WHERE NOT after GROUP BY position),
cells AS (
  SELECT tagged, after, sum(hit) AS clicks, sum(rate) AS expected, count(DISTINCT guest_id) AS guests
  FROM shown JOIN usual USING (position) GROUP BY tagged, after
),
summed AS (
  SELECT max(clicks / expected) FILTER (tagged AND after) / max(clicks / expected) FILTER (tagged AND NOT after) AS r1,
         max(clicks / expected) FILTER (NOT tagged AND after) / max(clicks / expected) FILTER (NOT tagged AND NOT after) AS r0,
         sqrt(sum(1 / clicks)) AS error, sum(guests) FILTER (after AND NOT tagged) / sum(guests) FILTER (after) AS share
  FROM cells
)
SELECT ln(r1 / r0) / error >= 3 AND r0 < 1 + 0.6 * (r1 - 1) AS ok, r1, r0, ln(r1 / r0) / error, 100 * share FROM summed
