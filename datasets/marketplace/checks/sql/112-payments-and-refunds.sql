-- ja: 失敗・返金・チャージバックがあり、返金は元の決済の逆の金額
-- en: Payments fail, are refunded and charged back; a refund mirrors its payment
-- planted ja: 7%が失敗。キャンセルの35%、完了の1.5%を返金。不正グループはチャージバック
-- planted en: 7 % fail; 35 % of cancelled and 1.5 % of completed are refunded; rings are charged back
-- found ja: 購入 {}、失敗 {}、返金 {}、チャージバック {}
-- found en: {} bought, {} failed, {} refunded, {} charged back
WITH counted AS (
  SELECT count(*) FILTER (WHERE kind = 'purchase') AS bought, count(*) FILTER (WHERE status = 'failed') AS failed,
         count(*) FILTER (WHERE kind = 'refund') AS refunds, count(*) FILTER (WHERE status = 'charged_back') AS back
  FROM payments
),
wrong AS (
  SELECT count(*) AS n FROM payments AS r LEFT JOIN payments AS p ON p.payment_id = r.original_payment_id
  WHERE r.kind = 'refund' AND (p.payment_id IS NULL OR p.amount_yen <> -r.amount_yen OR p.guest_id <> r.guest_id
                               OR p.status <> 'succeeded' OR p.paid_at_jst >= r.paid_at_jst)
)
SELECT failed / bought BETWEEN 0.02 AND 0.13 AND refunds / bought BETWEEN 0.01 AND 0.13 AND back > 0 AND wrong.n = 0 AS ok,
       bought, failed, refunds, back
FROM counted CROSS JOIN wrong
