SELECT talk_id AS witness
FROM (VALUES (1, TIMESTAMP '2025-12-01 03:00', TIMESTAMP '2025-12-01 04:00'),
             (2, TIMESTAMP '2025-12-01 10:00', TIMESTAMP '2025-12-01 11:30'),
             (3, TIMESTAMP '2025-12-01 19:30', TIMESTAMP '2025-12-01 21:00'),
             (4, TIMESTAMP '2025-12-02 02:00', TIMESTAMP '2025-12-02 03:00')) AS t(talk_id, opened_at_utc, closed_at_utc)
WHERE (opened_at_utc >= TIMESTAMP '2025-11-30 20:00' AND opened_at_utc < TIMESTAMP '2025-12-01 20:00')
   <> (closed_at_utc >= TIMESTAMP '2025-11-30 20:00' AND closed_at_utc < TIMESTAMP '2025-12-01 20:00')
