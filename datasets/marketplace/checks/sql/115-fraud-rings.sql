-- ja: 不正グループは端末とカードを共有し、登録直後に同じ文を一斉に送る
-- en: Fraud rings share a device and a card, and send one text to many right after registering
-- planted ja: 1,000人に1グループ。2人に1人が一斉送信
-- planted en: a ring per 1,000 guests; every other member sends a burst
-- found ja: {1} グループ {0} 人、一斉送信 {2} 人、グループ以外の一斉送信 {3} 人
-- found en: {} members in {} rings, {} bursts, {} bursts of others
WITH crowds AS (SELECT device_fp FROM guest_devices GROUP BY 1 HAVING count(DISTINCT guest_id) >= 3),
ring AS (SELECT DISTINCT guest_id FROM guest_devices WHERE device_fp IN (FROM crowds)),
bursts AS (
  SELECT t.guest_id FROM talks AS t JOIN messages AS m USING (talk_id) JOIN guests AS g USING (guest_id)
  WHERE m.sender = 'guest' AND m.sent_at_utc < g.registered_at_utc + INTERVAL 20 MINUTE
  GROUP BY 1 HAVING count(*) >= 13
),
cards AS (SELECT card_fp FROM payments WHERE card_fp IS NOT NULL GROUP BY 1 HAVING count(DISTINCT guest_id) >= 3),
payers AS (SELECT DISTINCT guest_id FROM payments WHERE card_fp IN (FROM cards)),
counts AS (
  SELECT (SELECT count(*) FROM ring) AS members, (SELECT count(*) FROM cards) AS rings, (SELECT count(*) FROM bursts) AS bursts,
         (SELECT count(*) FROM bursts WHERE guest_id NOT IN (FROM ring)) AS strangers,
         (SELECT count(*) FROM ring WHERE guest_id NOT IN (FROM payers)) AS without_card
)
SELECT members >= 4 AND rings >= 1 AND bursts > 0 AND strangers = 0 AND without_card = 0 AS ok,
       members, rings, bursts, strangers
FROM counts
