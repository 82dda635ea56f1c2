SELECT CAST(date_trunc('week', booked_at_jst - INTERVAL 5 HOUR) AS DATE) AS week_start,
       COUNT(DISTINCT guest_id) AS puu
FROM point_ledger
WHERE entry_kind = 'purchase'
  AND booked_at_jst >= TIMESTAMP '2025-10-06 05:00'
  AND booked_at_jst < TIMESTAMP '2025-12-29 05:00'
GROUP BY week_start
ORDER BY week_start
