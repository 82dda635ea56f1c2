-- ja: つなぐと増える(トーク×決済で全経路の売上が膨らむ、同じゲストの同じ金額、年末の再送)
-- en: Joins multiply: sales of every channel grow over talks; equal amounts of one guest; resent rows in the last week
-- planted ja: 不明も含む6経路すべて
-- planted en: all six channels, the untracked among them
-- found ja: トーク2件以上かつ決済3件以上 {} 人、同額2件以上 {} 組、膨らむ経路 {}、再送 {} 件
-- found en: {} guests with two talks and three payments; {} guests with equal amounts; {} channels that grow; {} resent rows
WITH paid AS (SELECT p.*, g.acquisition_channel AS channel FROM payments AS p JOIN guests AS g USING (guest_id) WHERE p.status = 'succeeded' AND NOT g.is_test),
many AS (
  SELECT guest_id FROM talks GROUP BY 1 HAVING count(*) >= 2
  INTERSECT
  SELECT guest_id FROM paid GROUP BY 1 HAVING count(*) >= 3
),
equal_amounts AS (SELECT guest_id FROM paid GROUP BY guest_id, amount_yen HAVING count(*) >= 2),
true_sales AS (SELECT channel, sum(amount_yen) AS yen FROM paid GROUP BY 1),
joined_sales AS (SELECT p.channel, sum(p.amount_yen) AS yen FROM paid AS p JOIN talks USING (guest_id) GROUP BY 1),
resent AS (
  SELECT event_id FROM list_impressions WHERE (shown_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE BETWEEN '2025-12-25' AND '2025-12-31'
  GROUP BY 1 HAVING count(*) > 1
),
counts AS (
  SELECT (SELECT count(*) FROM many) AS guests, (SELECT count(*) FROM equal_amounts) AS equal_pairs, (SELECT count(*) FROM resent) AS resent,
         (SELECT count(*) FROM true_sales AS t JOIN joined_sales AS j ON t.channel IS NOT DISTINCT FROM j.channel WHERE j.yen > t.yen) AS channels
)
SELECT guests > 0 AND equal_pairs > 0 AND channels = 6 AND resent > 0 AS ok, guests, equal_pairs, channels, resent
FROM counts
