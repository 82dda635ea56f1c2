-- A request after midnight, and a purchase that has two entries in the points ledger.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO appointments VALUES
  (1, NULL, 1, 1, 'bar', 'SHIBUYA', TIMESTAMP '2025-12-09 16:30:00', TIMESTAMP '2025-12-12 23:00:00', 2.0, 6000, 'declined', NULL, NULL);
INSERT INTO payments VALUES
  (1, 1, 'purchase', 5000, 5000, 'card', 'fp_1', 'succeeded', NULL, TIMESTAMP '2025-12-10 12:00:00', TIMESTAMP '2025-12-10 12:00:00');
INSERT INTO point_ledger VALUES
  (1, 1, 'purchase', 5000, 1, NULL, DATE '2026-06-10', TIMESTAMP '2025-12-10 12:00:00'),
  (2, 1, 'refund', -5000, 1, NULL, NULL, TIMESTAMP '2025-12-10 12:00:00');
