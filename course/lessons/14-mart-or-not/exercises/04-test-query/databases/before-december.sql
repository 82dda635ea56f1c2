-- Requests of the last day before December alone.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO appointments VALUES
  (2, NULL, 1, 1, 'bar', 'SHIBUYA', TIMESTAMP '2025-11-30 12:00:00', TIMESTAMP '2025-12-12 23:00:00', 2.0, 6000, 'declined', NULL, NULL),
  (1, NULL, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-11-30 13:00:00', TIMESTAMP '2025-12-13 23:00:00', 2.0, 6000, 'declined', NULL, NULL);
