-- Completed parties per cast: 4, 4, 3, 3, 2 and more of other kinds and states; ids and counts are not in the same order.
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, i = 2
FROM range(1, 4) AS n(i);
INSERT INTO casts
SELECT i, 'キャスト' || i, 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 8) AS n(i);
INSERT INTO appointments
SELECT cast_id * 100 + first_number + i, NULL, 1 + i % 3, cast_id, event_type, 'GINZA', TIMESTAMP '2025-03-01 12:00:00' + to_hours((first_number + i) * 10 + cast_id),
       TIMESTAMP '2025-03-08 19:00:00' + to_hours((first_number + i) * 10 + cast_id), 2.0, 12000, status, NULL, NULL
FROM (VALUES
  (6, 'party', 'completed', 10, 4), (2, 'party', 'completed', 10, 3), (5, 'party', 'completed', 10, 2), (3, 'party', 'completed', 10, 4),
  (1, 'party', 'completed', 10, 3), (5, 'dinner', 'completed', 20, 5), (4, 'party', 'cancelled', 20, 4), (5, 'party', 'requested', 30, 2),
  (7, 'dinner', 'completed', 10, 3)
) AS kinds(cast_id, event_type, status, first_number, many), range(0, 5) AS n(i)
WHERE i < many;
