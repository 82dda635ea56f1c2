-- ja: 集客キャンペーンで入ったゲストは、費用の元を取らない
-- en: Guests whom campaigns bring don't pay back what they cost
-- planted ja: 期間中の登録の16%がその経路に移るだけで、登録は増えない。入ったゲストはほかと同じように買う
-- planted en: 16 % of the period's registrations move to the campaign's channel, none come on top; they buy as others do
-- found ja: 6つの集客キャンペーン:費用 {:,} 円、期間とその経路で登録したゲストの90日間の売上 {:,} 円({:.0f}%)。いちばん悪い経路は {}({:.0f}%)。1日の登録は期間中が前の4週間の {:.2f} 倍
-- found en: six campaigns: {:,} yen spent, {:,} yen within 90 days from guests who came in period and channel ({:.0f} %); the poorest channel is {} ({:.0f} %); registrations a day {:.2f} times those of the four weeks before
WITH cohort AS (
  SELECT c.campaign_id, c.channel, c.cost_yen, g.guest_id, g.registered_at_utc + INTERVAL 9 HOUR AS registered
  FROM campaigns AS c JOIN guests AS g ON g.acquisition_channel = c.channel AND NOT g.is_test
    AND (g.registered_at_utc + INTERVAL 4 HOUR)::DATE BETWEEN c.starts_on AND c.ends_on
  WHERE c.aim = 'registration' AND c.ends_on <= '2025-09-30' OR c.campaign_id = 6
),
paid AS (
  SELECT k.campaign_id, k.channel, max(k.cost_yen) AS cost, coalesce(sum(p.amount_yen), 0) AS yen
  FROM cohort AS k LEFT JOIN payments AS p ON p.guest_id = k.guest_id AND p.status = 'succeeded' AND p.paid_at_jst < k.registered + INTERVAL 90 DAY
  GROUP BY k.campaign_id, k.channel
),
by_channel AS (SELECT channel, sum(yen) / sum(cost) AS back FROM paid GROUP BY channel),
daily AS (
  SELECT c.campaign_id, count(*) FILTER (d BETWEEN c.starts_on AND c.ends_on) / (c.ends_on - c.starts_on + 1) AS during,
         count(*) FILTER (d BETWEEN c.starts_on - 28 AND c.starts_on - 1) / 28 AS before
  FROM campaigns AS c CROSS JOIN (SELECT (registered_at_utc + INTERVAL 4 HOUR)::DATE AS d FROM guests WHERE NOT is_test)
  WHERE c.aim = 'registration' GROUP BY c.campaign_id, c.starts_on, c.ends_on
)
SELECT (SELECT sum(yen) / sum(cost) FROM paid) < 0.8 AND (SELECT sum(during) / sum(before) FROM daily) < 1.25 AS ok,
       (SELECT sum(cost) FROM paid)::BIGINT, (SELECT sum(yen) FROM paid)::BIGINT, 100 * (SELECT sum(yen) / sum(cost) FROM paid),
       (SELECT arg_min(channel, back) FROM by_channel), 100 * (SELECT min(back) FROM by_channel), (SELECT sum(during) / sum(before) FROM daily)
