-- ja: 14日以内にアポ2件、14日より後のアポだけ、データ終了前14日以内の初トーク、のゲストがいる
-- en: Guests with two requests within 14 days; with later requests only; whose first talk is less than 14 days before the end
-- planted ja: それぞれある
-- planted en: some of each
-- found ja: 2件 {} 人、後だけ {} 人、日が浅い {} 人
-- found en: {} with two, {} later only, {} too young
WITH first_talk AS (
  SELECT t.guest_id, min(t.opened_at_utc) AS first_at FROM talks AS t JOIN guests AS g USING (guest_id) WHERE NOT g.is_test GROUP BY 1
),
each_guest AS (
  SELECT f.guest_id, f.first_at, count(a.guest_id) AS asked,
         count(*) FILTER (WHERE a.requested_at_utc >= f.first_at AND a.requested_at_utc < f.first_at + INTERVAL 14 DAY) AS early
  FROM first_talk AS f LEFT JOIN appointments AS a USING (guest_id) GROUP BY 1, 2
),
counts AS (
  SELECT count(*) FILTER (WHERE early >= 2) AS two, count(*) FILTER (WHERE asked > 0 AND early = 0) AS later,
         count(*) FILTER (WHERE first_at > TIMESTAMP '2025-12-31 20:00' - INTERVAL 14 DAY) AS young
  FROM each_guest
)
SELECT least(two, later, young) > 0 AS ok, two, later, young
FROM counts
