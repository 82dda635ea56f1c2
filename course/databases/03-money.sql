-- Failed, charged-back and refunded payments; equal amounts that are different payments; guests with several talks and payments.
INSERT INTO casts VALUES
  (1, 'あおい', 'SHIBUYA', 'gold', 'gourmet', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'れん', 'SHIBUYA', 'silver', 'music', 4000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE),
  (2, 'はなこ', 'g2@example.jp', '大阪府', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-02-05 12:00:00', NULL, NULL, FALSE),
  (3, 'けん', 'g3@example.jp', '東京都', 1980, 'male', NULL, NULL, TIMESTAMP '2025-02-06 22:00:00', NULL, NULL, FALSE),
  (4, '社内1', 'g4@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-02-07 12:00:00', NULL, NULL, TRUE),
  (5, 'ゆき', 'g5@example.jp', NULL, NULL, NULL, NULL, 'sns_ad', TIMESTAMP '2025-02-08 12:00:00', NULL, NULL, FALSE),
  (6, 'しん', 'g6@example.jp', '京都府', 2001, 'other', 'games', 'referral', TIMESTAMP '2025-02-27 12:00:00', NULL, NULL, FALSE);
INSERT INTO talks VALUES
  (1, 1, 1, 'list', TIMESTAMP '2025-02-01 12:00:00', NULL), (2, 1, 2, 'list', TIMESTAMP '2025-02-02 12:00:00', NULL),
  (3, 2, 1, 'push', TIMESTAMP '2025-02-06 12:00:00', NULL), (4, 2, 2, NULL, TIMESTAMP '2025-02-07 12:00:00', NULL),
  (5, 4, 1, 'list', TIMESTAMP '2025-02-08 12:00:00', NULL), (6, 6, 2, 'list', TIMESTAMP '2025-02-28 12:00:00', NULL);
INSERT INTO payments VALUES
  (1, 1, 'purchase', 5000, 5000, 'card', 'c1', 'succeeded', NULL, TIMESTAMP '2025-02-01 04:59:59', TIMESTAMP '2025-02-01 04:59:59'),
  (2, 1, 'purchase', 5000, 5000, 'card', 'c1', 'succeeded', NULL, TIMESTAMP '2025-02-01 05:00:00', TIMESTAMP '2025-02-01 05:00:00'),
  (3, 2, 'purchase', 5000, 5000, 'carrier', NULL, 'succeeded', NULL, TIMESTAMP '2025-02-10 23:30:00', TIMESTAMP '2025-02-10 23:30:00'),
  (4, 2, 'purchase', 12000, 12000, 'card', 'c2', 'failed', NULL, TIMESTAMP '2025-02-11 00:30:00', TIMESTAMP '2025-02-11 00:30:00'),
  (5, 2, 'purchase', 12000, 12000, 'card', 'c2', 'succeeded', NULL, TIMESTAMP '2025-02-11 00:35:00', TIMESTAMP '2025-02-11 00:35:00'),
  (6, 2, 'refund', -12000, -12000, 'card', 'c2', 'succeeded', 5, TIMESTAMP '2025-02-14 12:00:00', TIMESTAMP '2025-02-14 12:00:00'),
  (7, 3, 'purchase', 30000, 30000, 'card', 'c3', 'charged_back', NULL, TIMESTAMP '2025-02-15 02:00:00', TIMESTAMP '2025-03-01 12:00:00'),
  (8, 4, 'purchase', 10000, 10000, 'bank', NULL, 'succeeded', NULL, TIMESTAMP '2025-02-16 12:00:00', TIMESTAMP '2025-02-16 12:00:00'),
  (9, 5, 'purchase', 3000, 3000, 'convenience', NULL, 'failed', NULL, TIMESTAMP '2025-02-20 21:00:00', TIMESTAMP '2025-02-20 21:00:00'),
  (10, 6, 'purchase', 3000, 3000, 'card', 'c1', 'succeeded', NULL, TIMESTAMP '2025-02-28 22:00:00', TIMESTAMP '2025-02-28 22:00:00'),
  (11, 6, 'purchase', 3000, 3000, 'card', 'c6', 'succeeded', NULL, TIMESTAMP '2025-03-01 04:30:00', TIMESTAMP '2025-03-01 04:30:00'),
  (12, 1, 'purchase', 20000, 20000, 'card', 'c1', 'succeeded', NULL, TIMESTAMP '2025-03-01 06:00:00', TIMESTAMP '2025-03-01 06:00:00');
INSERT INTO point_ledger VALUES
  (1, 1, 'purchase', 5000, 1, NULL, DATE '2025-08-01', TIMESTAMP '2025-02-01 04:59:59'),
  (2, 1, 'purchase', 5000, 2, NULL, DATE '2025-08-01', TIMESTAMP '2025-02-01 05:00:00'),
  (3, 2, 'purchase', 5000, 3, NULL, NULL, TIMESTAMP '2025-02-10 23:30:00'),
  (4, 2, 'bonus', 500, NULL, NULL, DATE '2025-03-10', TIMESTAMP '2025-02-10 23:31:00');
