-- ja: 同じ端末を3人以上で使うゲストの一団が、損失を出している
-- en: Groups of guests who share one device cost money
-- planted ja: 不正グループは1台の端末を分け合い、カードの不正利用と、大量の同じトークを残す
-- planted en: rings share a device, and leave stolen cards and bursts of the same talk behind
-- found ja: {} 台の {} 人。不正利用で取り消された決済 {:,} 円(全体の {:.0f}%)、返信のないトーク {} 件。2人で使う端末の {} 人では 0 円({} 件)
-- found en: {} devices with {} guests: {:,} yen charged back ({:.0f} % of all), {} talks without an answer; the {} guests who share a device by two: no chargeback ({})
WITH sharing AS (
  SELECT d.device_fp, count(DISTINCT d.guest_id) AS users FROM guest_devices AS d JOIN guests AS g ON g.guest_id = d.guest_id AND NOT g.is_test GROUP BY d.device_fp
),
members AS (SELECT d.guest_id, max(s.users) AS users FROM guest_devices AS d JOIN sharing AS s USING (device_fp) GROUP BY d.guest_id),
lost AS (SELECT guest_id, sum(amount_yen) AS yen, count(*) AS number FROM payments WHERE status = 'charged_back' GROUP BY guest_id),
silent AS (
  SELECT t.guest_id, count(*) AS talks FROM talks AS t WHERE NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.talk_id = t.talk_id AND m.sender = 'cast') GROUP BY t.guest_id
),
summed AS (
  SELECT (SELECT count(*) FROM sharing WHERE users >= 3) AS devices, count(*) FILTER (users >= 3) AS guests,
         coalesce(sum(yen) FILTER (users >= 3), 0)::BIGINT AS yen, sum(yen) AS all_yen, coalesce(sum(talks) FILTER (users >= 3), 0)::BIGINT AS talks,
         count(*) FILTER (users = 2) AS families, coalesce(sum(number) FILTER (users = 2), 0)::BIGINT AS theirs
  FROM members LEFT JOIN lost USING (guest_id) LEFT JOIN silent USING (guest_id)
)
SELECT devices >= 3 AND yen > 0.5 * all_yen AND theirs <= 0.02 * families AS ok, devices, guests, yen, 100 * yen / all_yen, talks, families, theirs FROM summed
