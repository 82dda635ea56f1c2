SELECT guest_id,
       epoch(first_talk_at_jst - (registered_at_utc + INTERVAL 9 HOUR)) / 3600 AS wait_hours
FROM (VALUES
  (103, TIMESTAMP '2025-12-06 12:00', TIMESTAMP '2025-12-07 21:45'),
  (101, TIMESTAMP '2025-12-05 14:50', TIMESTAMP '2025-12-06 00:20'),
  (104, TIMESTAMP '2025-12-06 20:30', TIMESTAMP '2025-12-07 22:00'),
  (102, TIMESTAMP '2025-12-05 16:00', TIMESTAMP '2025-12-06 02:15')
) AS waits(guest_id, registered_at_utc, first_talk_at_jst)
ORDER BY guest_id
