SELECT k.week_start,
       CASE WHEN g.acquisition_channel IS NULL THEN 'untracked' ELSE g.acquisition_channel END AS channel,
       COUNT(DISTINCT g.guest_id) AS puu
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id AND g.is_test = FALSE
JOIN calendar AS k ON k.business_date = CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE)
WHERE p.kind = 'purchase' AND p.status = 'succeeded'
  AND k.business_date BETWEEN DATE '2025-10-06' AND DATE '2025-12-28'
GROUP BY 1, 2
ORDER BY 1, 2
