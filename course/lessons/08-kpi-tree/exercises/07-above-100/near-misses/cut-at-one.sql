SELECT g.acquisition_channel,
       COUNT(DISTINCT t.guest_id) AS talk_guests,
       COUNT(a.appointment_id) AS appo_guests,
       LEAST(ROUND(COUNT(a.appointment_id) * 1.0 / COUNT(DISTINCT t.guest_id), 4), 1) AS appo_rate
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
LEFT JOIN appointments AS a
       ON a.guest_id = t.guest_id
      AND a.requested_at_utc >= TIMESTAMP '2025-10-31 20:00'
      AND a.requested_at_utc < TIMESTAMP '2025-11-30 20:00'
WHERE NOT g.is_test
  AND t.opened_at_utc >= TIMESTAMP '2025-10-31 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-11-30 20:00'
GROUP BY g.acquisition_channel
ORDER BY g.acquisition_channel
