-- Guests without talks, talks without replies or appointments, only cancelled appointments, two within 14 days, one too late.
INSERT INTO casts VALUES
  (1, 'あおい', 'SHIBUYA', 'gold', 'gourmet', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'れん', 'GINZA', 'standard', 'music', 3000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (3, 'ひなた', 'SHIBUYA', 'silver', 'golf', 4000, TIMESTAMP '2024-02-10 10:00:00', TIMESTAMP '2025-02-15 12:00:00', FALSE),
  (4, 'テスト', 'GINZA', 'vip', 'travel', 9000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE);
INSERT INTO guests VALUES
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE),
  (2, 'はなこ', 'g2@example.jp', '東京都', 1990, 'female', 'music', 'search_ad', TIMESTAMP '2025-01-20 12:00:00', NULL, NULL, FALSE),
  (3, 'けん', 'g3@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-02-01 21:00:00', NULL, NULL, FALSE),
  (4, 'ゆき', 'g4@example.jp', '大阪府', 1978, 'female', 'golf', 'sns_ad', TIMESTAMP '2025-02-02 12:00:00', NULL, NULL, FALSE),
  (5, '社内1', 'g5@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-02-03 12:00:00', NULL, NULL, TRUE),
  (6, 'りょう', NULL, '東京都', 1969, 'male', NULL, 'referral', TIMESTAMP '2025-02-04 12:00:00', NULL, TIMESTAMP '2025-03-05 03:00:00', FALSE),
  (7, 'あき', 'g7@example.jp', '神奈川県', 1995, 'female', 'language', NULL, TIMESTAMP '2025-03-20 12:00:00', NULL, NULL, FALSE);
INSERT INTO talks VALUES
  (9, 2, 2, 'push', TIMESTAMP '2025-02-06 20:00:00', NULL),
  (4, 2, 1, 'list', TIMESTAMP '2025-02-02 21:00:00', NULL),
  (2, 1, 2, 'favorite', TIMESTAMP '2025-02-02 12:00:00', NULL),
  (5, 3, 3, NULL, TIMESTAMP '2025-02-03 15:30:00', TIMESTAMP '2025-02-03 16:00:00'),
  (8, 6, 4, 'list', TIMESTAMP '2025-02-05 19:59:59', NULL),
  (1, 1, 1, 'list', TIMESTAMP '2025-02-01 12:00:00', TIMESTAMP '2025-02-20 12:00:00'),
  (10, 6, 1, 'favorite', TIMESTAMP '2025-03-25 12:00:00', NULL),
  (7, 5, 1, 'list', TIMESTAMP '2025-02-04 12:00:00', NULL),
  (3, 1, 1, 'push', TIMESTAMP '2025-02-28 20:30:00', NULL),
  (6, 4, 2, 'list', TIMESTAMP '2025-02-03 15:30:00', NULL);
INSERT INTO messages VALUES
  (2, 1, 'cast', 'greeting', 'こんばんは', 5, TIMESTAMP '2025-02-01 12:03:00', TIMESTAMP '2025-02-01 12:05:00', NULL),
  (11, 9, 'cast', 'thanks', 'こちらこそ', 5, TIMESTAMP '2025-02-09 20:00:00', NULL, NULL),
  (4, 2, 'guest', 'greeting', 'どうも', 3, TIMESTAMP '2025-02-02 12:00:00', NULL, NULL),
  (10, 9, 'guest', 'chat', 'ありがとう', 5, TIMESTAMP '2025-02-06 20:20:00', NULL, NULL),
  (9, 9, 'cast', 'greeting', 'こんばんは', 5, TIMESTAMP '2025-02-06 20:00:00', TIMESTAMP '2025-02-06 20:05:00', NULL),
  (5, 2, 'cast', 'chat', '遅くなりました', 7, TIMESTAMP '2025-02-03 12:30:00', TIMESTAMP '2025-02-03 13:00:00', NULL),
  (8, 5, 'guest', 'greeting', NULL, 4, TIMESTAMP '2025-02-03 15:30:00', NULL, TIMESTAMP '2025-02-03 16:00:00'),
  (1, 1, 'guest', 'greeting', 'はじめまして', 6, TIMESTAMP '2025-02-01 12:00:00', TIMESTAMP '2025-02-01 12:01:00', NULL),
  (7, 4, 'cast', 'chat', 'お返事です', 5, TIMESTAMP '2025-02-02 21:10:00', TIMESTAMP '2025-02-02 22:00:00', NULL),
  (3, 1, 'cast', 'chat', 'お元気ですか', 6, TIMESTAMP '2025-02-01 13:00:00', NULL, NULL),
  (6, 4, 'guest', 'stamp', NULL, 0, TIMESTAMP '2025-02-02 21:00:00', NULL, NULL);
INSERT INTO appointments VALUES
  (2, 2, 1, 2, 'bar', 'GINZA', TIMESTAMP '2025-02-10 12:00:00', TIMESTAMP '2025-02-12 23:00:00', 3.0, 9000, 'completed', NULL, NULL),
  (7, NULL, 6, 3, 'golf', 'SHIBUYA', TIMESTAMP '2025-02-08 12:00:00', TIMESTAMP '2025-02-16 09:00:00', 4.0, 16000, 'declined', NULL, NULL),
  (8, 1, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-02-18 12:00:00', TIMESTAMP '2025-02-20 19:00:00', 2.0, 12000, 'requested', NULL, NULL),
  (5, 6, 4, 2, 'party', 'GINZA', TIMESTAMP '2025-03-05 12:00:00', TIMESTAMP '2025-03-10 19:00:00', 2.5, 7500, 'completed', NULL, 3),
  (1, 1, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-02-05 12:00:00', TIMESTAMP '2025-02-08 19:00:00', 2.0, 12000, 'completed', NULL, 5),
  (9, 8, 6, 4, 'bar', 'GINZA', TIMESTAMP '2025-02-06 20:10:00', TIMESTAMP '2025-02-09 01:30:00', 1.5, 9000, 'accepted', NULL, NULL),
  (4, 9, 2, 2, 'online', 'GINZA', TIMESTAMP '2025-02-07 12:00:00', TIMESTAMP '2025-02-09 20:00:00', 1.0, 3000, 'cancelled', NULL, NULL),
  (3, 4, 2, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-02-06 12:00:00', TIMESTAMP '2025-02-07 19:00:00', 2.0, 12000, 'cancelled', 'guest_schedule', NULL),
  (6, 7, 5, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-02-06 12:00:00', TIMESTAMP '2025-02-08 19:00:00', 2.0, 12000, 'completed', NULL, 4);
INSERT INTO appointment_status_log VALUES
  (1, 1, 'requested', TIMESTAMP '2025-02-05 12:00:00', 'guest'), (1, 2, 'accepted', TIMESTAMP '2025-02-05 13:00:00', 'cast'),
  (1, 3, 'completed', TIMESTAMP '2025-02-08 14:00:00', 'system'), (2, 1, 'requested', TIMESTAMP '2025-02-10 12:00:00', 'guest'),
  (2, 2, 'completed', TIMESTAMP '2025-02-12 18:00:00', 'system'), (3, 1, 'requested', TIMESTAMP '2025-02-06 12:00:00', 'guest'),
  (3, 2, 'accepted', TIMESTAMP '2025-02-06 14:00:00', 'cast'), (3, 3, 'cancelled', TIMESTAMP '2025-02-07 02:00:00', 'guest');
