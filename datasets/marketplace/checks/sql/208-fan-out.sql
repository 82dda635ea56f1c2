-- ja: トーク2件以上かつ決済2件以上のゲスト、同じ経路の同じ金額の決済がある
-- en: Guests with two talks or more and two payments or more; equal amounts within a channel
-- planted ja: 該当するゲスト。全経路
-- planted en: some guests; every channel
-- found ja: {} 人、{} 経路
-- found en: {} guests; {} channels
WITH many AS (
  SELECT guest_id FROM talks GROUP BY 1 HAVING count(*) >= 2
  INTERSECT
  SELECT guest_id FROM payments WHERE status = 'succeeded' GROUP BY 1 HAVING count(*) >= 2
),
repeated AS (
  SELECT g.acquisition_channel FROM payments AS p JOIN guests AS g USING (guest_id)
  WHERE p.status = 'succeeded' GROUP BY g.acquisition_channel, p.amount_yen HAVING count(*) >= 2
),
counts AS (
  SELECT (SELECT count(*) FROM many) AS guests, (SELECT count(DISTINCT acquisition_channel) FROM repeated) AS channels
)
SELECT guests > 0 AND channels = 5 AS ok,
       guests, channels
FROM counts
