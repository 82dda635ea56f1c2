-- Guests who reach the line by one sign alone: an unknown channel, a burst of exactly three talks, a device shared on the very day of scoring;
-- others who just miss it: a third talk at exactly 48 hours, a device shared from 05:00 the next morning, two talks with many messages and appointments.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES
  (2, 'はなこ', 'g2@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (1, 'たろう', 'g1@example.jp', '東京都', 1990, NULL, NULL, NULL, TIMESTAMP '2025-05-12 11:00:00', NULL, NULL, FALSE),
  (3, 'けん', NULL, NULL, NULL, NULL, NULL, 'organic', TIMESTAMP '2025-05-12 12:00:00', NULL, TIMESTAMP '2025-07-01 12:00:00', FALSE),
  (4, 'ゆき', 'g4@example.jp', '東京都', 1990, NULL, NULL, 'sns_ad', TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (5, 'あき', 'g5@example.jp', '東京都', 1990, NULL, NULL, NULL, TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (6, 'しん', 'g6@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-19 19:00:00', NULL, NULL, FALSE),
  (7, 'ひろ', 'g7@example.jp', '東京都', 1990, NULL, NULL, NULL, TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (8, 'とも', 'g8@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-19 20:30:00', NULL, NULL, FALSE),
  (9, 'なお', 'g9@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE);
INSERT INTO guest_devices VALUES
  (1, 'd1', 'ios', TIMESTAMP '2025-05-12 12:01:00', TIMESTAMP '2025-06-01 12:00:00'), (2, 'd1', 'ios', TIMESTAMP '2025-05-12 12:02:00', TIMESTAMP '2025-06-01 12:00:00'),
  (3, 'd3', 'ios', TIMESTAMP '2025-05-12 12:01:00', TIMESTAMP '2025-06-01 12:00:00'), (4, 'd3', 'ios', TIMESTAMP '2025-05-12 12:02:00', TIMESTAMP '2025-06-01 12:00:00'),
  (9, 'd3', 'ios', TIMESTAMP '2025-05-12 12:03:00', TIMESTAMP '2025-06-01 12:00:00'),
  (5, 'd5', 'ios', TIMESTAMP '2025-05-12 12:01:00', TIMESTAMP '2025-06-01 12:00:00'), (6, 'd5', 'ios', TIMESTAMP '2025-05-19 19:00:00', TIMESTAMP '2025-06-01 12:00:00'),
  (7, 'd7', 'ios', TIMESTAMP '2025-05-12 12:01:00', TIMESTAMP '2025-06-01 12:00:00'), (8, 'd7', 'ios', TIMESTAMP '2025-05-19 20:30:00', TIMESTAMP '2025-06-01 12:00:00');
INSERT INTO sessions VALUES
  (1, 1, 'd1', 'ios', '3.4.0', TIMESTAMP '2025-05-12 12:01:00', NULL), (2, 1, 'd1', 'ios', '3.4.0', TIMESTAMP '2025-05-13 12:01:00', NULL);
INSERT INTO talks VALUES
  (301, 3, 1, NULL, TIMESTAMP '2025-05-12 12:10:00', NULL), (302, 3, 1, NULL, TIMESTAMP '2025-05-12 13:00:00', NULL), (303, 3, 1, NULL, TIMESTAMP '2025-05-14 11:59:59', NULL),
  (401, 4, 1, 'list', TIMESTAMP '2025-05-12 12:10:00', NULL), (402, 4, 1, 'list', TIMESTAMP '2025-05-12 13:00:00', NULL), (403, 4, 1, 'list', TIMESTAMP '2025-05-14 12:00:00', NULL),
  (404, 4, 1, 'list', TIMESTAMP '2025-05-15 12:00:00', NULL), (901, 9, 1, 'list', TIMESTAMP '2025-05-12 12:10:00', NULL), (902, 9, 1, 'list', TIMESTAMP '2025-05-12 13:00:00', NULL);
INSERT INTO messages
SELECT n, 901, 'guest', 'greeting', 'こんばんは', 5, TIMESTAMP '2025-05-12 12:10:00', NULL, NULL FROM range(1, 4) AS each_message(n);
INSERT INTO appointments
SELECT n, 901, 9, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-05-12 14:00:00', TIMESTAMP '2025-05-20 19:00:00', 2.0, 12000, 'requested', NULL, NULL FROM range(1, 4) AS each_request(n);
INSERT INTO fraud_scores
SELECT guest_id, CASE WHEN guest_id IN (6, 8) THEN DATE '2025-05-26' ELSE DATE '2025-05-19' END, 300, 'rules_2', CASE WHEN guest_id IN (3, 5) THEN 'fraud' ELSE 'ok' END
FROM guests;
