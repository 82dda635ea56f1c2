-- Requests at the first moment of December, of dinner in one area and of something else in another.
INSERT INTO casts VALUES
  (2, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO appointments VALUES
  (2, NULL, 1, 2, 'bar', 'GINZA', TIMESTAMP '2025-11-30 20:00:00', TIMESTAMP '2025-12-12 23:00:00', 2.0, 6000, 'declined', NULL, NULL),
  (1, NULL, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-11-30 20:00:00', TIMESTAMP '2025-12-13 23:00:00', 2.0, 6000, 'declined', NULL, NULL);
