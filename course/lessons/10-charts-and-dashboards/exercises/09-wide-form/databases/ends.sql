-- Purchases at the first moment of the first week and at the first one after the last, and later.
INSERT INTO guests VALUES
  (2, 'はなこ', 'g2@example.jp', '大阪府', 1990, 'female', 'music', 'search_ad', TIMESTAMP '2025-02-05 12:00:00', NULL, NULL, FALSE),
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO payments VALUES
  (2, 1, 'purchase', 5000, 5000, 'card', 'fp_1', 'succeeded', NULL, TIMESTAMP '2025-12-29 05:00:00', TIMESTAMP '2025-12-29 05:00:00'),
  (1, 2, 'purchase', 5000, 5000, 'card', 'fp_1', 'succeeded', NULL, TIMESTAMP '2025-10-06 05:00:00', TIMESTAMP '2025-10-06 05:00:00'),
  (3, 2, 'purchase', 5000, 5000, 'card', 'fp_1', 'succeeded', NULL, TIMESTAMP '2025-12-30 12:00:00', TIMESTAMP '2025-12-30 12:00:00');
