-- ja: アポで会った人が全員、買っているわけではない(贈られたポイントで会った人がいる)
-- en: Not everybody who has met has bought: some met on points that were a gift
-- planted ja: 登録から60日以内のアポは、18%のゲストではポイントが贈られる
-- planted en: for 18 % of guests the appointments of the first 60 days are a gift
-- found ja: 2025年10月の登録者:会った {} 人、買った {} 人。全体 {} 人と {} 人({:.1f}%)
-- found en: registered in October 2025: {} met, {} of them bought; all {} and {} ({:.1f} %)
WITH met AS (
  SELECT g.guest_id, g.registered_at_utc >= '2025-09-30 20:00' AND g.registered_at_utc < '2025-10-31 20:00' AS of_october,
         g.guest_id IN (SELECT guest_id FROM payments WHERE kind = 'purchase' AND status = 'succeeded') AS bought
  FROM guests AS g WHERE NOT g.is_test AND g.guest_id IN (SELECT guest_id FROM appointments WHERE status = 'completed')
),
counts AS (
  SELECT count(*) FILTER (of_october) AS met_october, count(*) FILTER (of_october AND bought) AS bought_october, count(*) AS met, count(*) FILTER (bought) AS bought FROM met
)
SELECT bought < met AND bought > 0.7 * met AND (met_october < 40 OR bought_october < met_october) AS ok, met_october, bought_october, met, bought, 100 * bought / met
FROM counts
