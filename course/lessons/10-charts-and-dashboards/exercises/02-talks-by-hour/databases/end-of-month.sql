-- Talks at the very beginning and the very end of December.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO talks VALUES
  (2, 1, 1, 'list', TIMESTAMP '2025-12-31 20:00:00', NULL), (1, 1, 1, 'list', TIMESTAMP '2025-11-30 20:00:00', NULL), (3, 1, 1, 'list', TIMESTAMP '2025-12-10 12:00:00', NULL);
