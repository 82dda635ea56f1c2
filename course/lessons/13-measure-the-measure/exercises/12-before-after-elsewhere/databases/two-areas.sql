-- Talks of two areas on both sides of 31 May 2025, 20:00 UTC and of the ends: 3, 7, 6 and 11 in the four groups, a test cast and a test guest.
INSERT INTO casts VALUES
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'みお', 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'テスト', 'SHIBUYA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, TRUE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', NULL, 1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id = 5
FROM range(1, 6) AS people(id);
INSERT INTO talks
SELECT row_number() OVER (ORDER BY w.cast_id, w.opened, k.k), 1 + k.k % 4, w.cast_id, 'list', w.opened + to_hours(CAST(k.k AS INTEGER)), NULL
FROM (VALUES (1, TIMESTAMP '2025-03-02 12:00:00', 3), (1, TIMESTAMP '2025-05-31 20:00:00', 7), (2, TIMESTAMP '2025-04-02 12:00:00', 6),
             (2, TIMESTAMP '2025-08-02 12:00:00', 11), (1, TIMESTAMP '2025-01-02 12:00:00', 2), (2, TIMESTAMP '2025-10-02 12:00:00', 2), (3, TIMESTAMP '2025-07-02 12:00:00', 2)) AS w(cast_id, opened, many)
JOIN range(0, 11) AS k(k) ON k.k < w.many;
INSERT INTO talks VALUES (900, 5, 1, 'list', TIMESTAMP '2025-07-05 12:00:00', NULL);
INSERT INTO appointments
SELECT talk_id, talk_id, guest_id, cast_id, 'dinner', 'SHIBUYA', opened_at_utc + INTERVAL 1 HOUR, opened_at_utc + INTERVAL 5 DAY, 2.0, 12000, 'completed', NULL, NULL
FROM talks WHERE talk_id % 3 = 0 OR (cast_id = 2 AND talk_id % 5 = 1);
