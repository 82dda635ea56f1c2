-- One pair of day and area with two dinners and one bar: two rows of the mart with different counts.
INSERT INTO guests VALUES
  (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts VALUES
  (3, 'あおい', 'SHIBUYA', 'gold', 'music', 5000, TIMESTAMP '2025-01-10 12:00:00', NULL, FALSE);
INSERT INTO appointments VALUES
  (11, NULL, 1, 3, 'dinner', 'SHIBUYA', TIMESTAMP '2025-12-03 03:00:00', TIMESTAMP '2025-12-05 19:00:00', 2.0, 10000, 'requested', NULL, NULL),
  (12, NULL, 1, 3, 'dinner', 'SHIBUYA', TIMESTAMP '2025-12-03 04:00:00', TIMESTAMP '2025-12-06 19:00:00', 2.0, 10000, 'requested', NULL, NULL),
  (13, NULL, 1, 3, 'bar', 'SHIBUYA', TIMESTAMP '2025-12-03 05:00:00', TIMESTAMP '2025-12-07 21:00:00', 2.0, 10000, 'requested', NULL, NULL);
