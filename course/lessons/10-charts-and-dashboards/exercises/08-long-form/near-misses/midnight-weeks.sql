SELECT CAST(date_trunc('week', p.paid_at_jst) AS DATE) AS week_start,
       COALESCE(g.acquisition_channel, 'untracked') AS channel,
       COUNT(DISTINCT p.guest_id) AS puu
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
  AND p.kind = 'purchase'
  AND p.status = 'succeeded'
  AND p.paid_at_jst >= TIMESTAMP '2025-10-06 05:00'
  AND p.paid_at_jst < TIMESTAMP '2025-12-29 05:00'
GROUP BY week_start, channel
ORDER BY week_start, channel
