-- ja: 失敗・返金・チャージバックがあり、返金は元の決済の逆の金額
-- en: Payments fail, are refunded and charged back; a refund mirrors its payment
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
       '7 % fail; 35 % of cancelled and 1.5 % of completed are refunded; rings are charged back' AS planted,
       format('{} bought, {} failed, {} refunded, {} charged back', bought, failed, refunds, back) AS found
FROM counted CROSS JOIN wrong
