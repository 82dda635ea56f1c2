-- ja: 内部結合で消える行がある(12月第1週の登録者、渋谷のキャスト、アポのない購入者、トークのないアポ)
-- en: Rows get lost in inner joins: registrations of December's first week, casts in Shibuya, buyers without an appointment, appointments without a talk
-- planted ja: 12月3日と5日の登録者は会った。他はそれぞれある
-- planted en: guests who registered on 3 and 5 December have met; some of each other kind
-- found ja: 登録 {} 人(トークなし {}、完了なし {}、完了あり {})、渋谷 {} 人(12月の完了が0 {})、アポのない購入者 {} 人、トークのないアポ {} 件
-- found en: {} registered ({} without a talk, {} without a meeting, {} with one); {} casts in Shibuya ({} with none in December); {} buyers without an appointment; {} appointments without a talk
WITH met AS (SELECT guest_id FROM appointments WHERE status = 'completed'),
week AS (
  SELECT count(*) AS n, count(*) FILTER (WHERE guest_id NOT IN (SELECT guest_id FROM talks)) AS silent,
         count(*) FILTER (WHERE guest_id NOT IN (FROM met)) AS without, count(*) FILTER (WHERE guest_id IN (FROM met)) AS with_one
  FROM guests WHERE NOT is_test AND registered_at_utc >= '2025-11-30 20:00' AND registered_at_utc < '2025-12-07 20:00'
),
per_cast AS (
  SELECT count(a.appointment_id) AS n
  FROM casts AS c LEFT JOIN appointments AS a ON a.cast_id = c.cast_id AND a.status = 'completed' AND a.requested_at_utc >= '2025-11-30 20:00'
  WHERE c.area_code = 'SHIBUYA' AND NOT c.is_test AND c.retired_at_utc IS NULL GROUP BY c.cast_id
),
counts AS (
  SELECT (SELECT count(*) FROM per_cast) AS casts, (SELECT count(*) FROM per_cast WHERE n = 0) AS idle,
         (SELECT count(DISTINCT guest_id) FROM payments WHERE guest_id NOT IN (SELECT guest_id FROM appointments)) AS buyers,
         (SELECT count(*) FROM appointments WHERE talk_id IS NULL) AS orphans
)
SELECT least(silent + without, with_one, casts - idle, idle, buyers, orphans) > 0 AND with_one >= 2 AS ok,
       n, silent, without, with_one, casts, idle, buyers, orphans
FROM week CROSS JOIN counts
