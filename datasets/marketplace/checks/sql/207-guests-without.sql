-- ja: 一度も来ない・トークなし・アポなし・キャンセルだけのゲストがいる
-- en: Guests without a visit, without a talk, with talks but no request, and with cancelled requests only
-- planted ja: それぞれある
-- planted en: some of each
-- found ja: 一度も来ない {} 人、トークなし {} 人、依頼なし {} 人、キャンセルだけ {} 人
-- found en: {} never came, {} never talked, {} talked without asking, {} only cancelled
WITH asked AS (
  SELECT guest_id, count(*) AS requests, count(*) FILTER (WHERE status = 'cancelled') AS cancelled FROM appointments GROUP BY 1
),
each_guest AS (
  SELECT g.guest_id IN (SELECT guest_id FROM sessions) AS visits, g.guest_id IN (SELECT guest_id FROM talks) AS talks, a.requests, a.cancelled
  FROM guests AS g LEFT JOIN asked AS a USING (guest_id) WHERE NOT g.is_test
)
SELECT count(*) FILTER (WHERE NOT visits) > 0 AND count(*) FILTER (WHERE NOT talks) > 0
       AND count(*) FILTER (WHERE talks AND requests IS NULL) > 0 AND count(*) FILTER (WHERE requests = cancelled) >= 5 AS ok,
       count(*) FILTER (WHERE NOT visits), count(*) FILTER (WHERE NOT talks), count(*) FILTER (WHERE talks AND requests IS NULL), count(*) FILTER (WHERE requests = cancelled)
FROM each_guest
