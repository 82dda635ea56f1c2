-- The rows stand in no order on purpose, so that a missing ORDER BY shows.
-- Registrations around 05:00 and 09:00 Japan time, on the first and last day of a month; test accounts; blanks; ties.
INSERT INTO casts VALUES
  (13, 'ゆい', 'SHIBUYA', 'standard', 'language', 3000, TIMESTAMP '2024-09-05 10:00:00', NULL, FALSE),
  (12, 'まお', 'SHINJUKU', 'silver', 'travel', 4000, TIMESTAMP '2024-09-04 10:00:00', NULL, FALSE),
  (2, 'れん', 'SHIBUYA', 'silver', 'music', 4000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (7, 'テスト', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'gourmet', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (5, 'みお', 'SHINJUKU', 'standard', 'games', 3000, TIMESTAMP '2024-06-01 10:00:00', NULL, FALSE),
  (11, 'りく', 'YOKOHAMA', 'standard', 'golf', 3000, TIMESTAMP '2024-09-03 10:00:00', NULL, FALSE),
  (8, 'れん', 'GINZA', 'vip', 'gourmet', 9000, TIMESTAMP '2024-08-01 10:00:00', TIMESTAMP '2025-03-01 12:00:00', FALSE),
  (6, 'はる', 'GINZA', 'gold', 'language', 6000, TIMESTAMP '2024-07-01 10:00:00', NULL, FALSE),
  (3, 'ひなた', 'SHIBUYA', 'gold', 'golf', 6000, TIMESTAMP '2024-02-10 10:00:00', TIMESTAMP '2025-01-31 12:00:00', FALSE),
  (9, 'かい', 'YOKOHAMA', 'silver', 'music', 4000, TIMESTAMP '2024-09-01 10:00:00', NULL, FALSE),
  (10, 'のん', 'SHIBUYA', 'vip', 'games', 9000, TIMESTAMP '2024-09-02 10:00:00', NULL, FALSE),
  (4, 'そら', 'SHINJUKU', 'gold', 'travel', 6000, TIMESTAMP '2024-05-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES
  (17, 'だい', 'g17@example.jp', '東京都', 1983, 'male', NULL, 'sns_ad', TIMESTAMP '2025-01-20 15:20:00', NULL, NULL, FALSE),
  (6, 'りょう', NULL, '東京都', 1969, 'male', NULL, 'organic', TIMESTAMP '2025-02-10 18:10:00', NULL, TIMESTAMP '2025-03-05 03:00:00', FALSE),
  (15, 'さき', 'g15@example.jp', '東京都', 1999, 'female', 'games', 'referral', TIMESTAMP '2025-03-31 22:00:00', NULL, NULL, FALSE),
  (14, 'ひろ', 'g14@example.jp', '京都府', 1981, 'male', 'gourmet', 'organic', TIMESTAMP '2025-03-31 12:00:00', NULL, NULL, FALSE),
  (12, 'とも', 'g12@example.jp', '東京都', 1992, 'other', 'travel', 'sns_ad', TIMESTAMP '2025-02-28 23:40:00', NULL, NULL, FALSE),
  (11, 'なお', 'g11@example.jp', NULL, NULL, NULL, 'music', NULL, TIMESTAMP '2025-02-28 20:00:00', TIMESTAMP '2025-03-01 02:00:00', NULL, FALSE),
  (18, 'ゆう', 'g18@example.jp', '東京都', NULL, NULL, 'travel', NULL, TIMESTAMP '2025-03-15 12:00:00', NULL, NULL, FALSE),
  (5, 'しん', 'g5@example.jp', '東京都', 2000, 'other', 'travel', 'referral', TIMESTAMP '2025-02-01 15:00:00', NULL, NULL, FALSE),
  (9, 'あき', 'g9@example.jp', '大阪府', 1995, 'female', 'language', 'affiliate', TIMESTAMP '2025-02-28 11:00:00', NULL, NULL, FALSE),
  (7, 'たろう', 'g7@example.jp', '東京都', NULL, 'male', 'games', NULL, TIMESTAMP '2025-02-10 18:10:00', NULL, NULL, FALSE),
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-31 19:59:59', TIMESTAMP '2025-02-01 03:00:00', NULL, FALSE),
  (16, 'みき', 'g16@example.jp', '東京都', 1991, 'female', 'music', 'organic', TIMESTAMP '2025-01-05 13:00:00', NULL, NULL, FALSE),
  (2, 'はなこ', 'g2@example.jp', '東京都', 1990, 'female', 'music', 'search_ad', TIMESTAMP '2025-01-31 20:00:00', NULL, NULL, FALSE),
  (3, 'けん', 'g3@example.jp', '大阪府', NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-31 22:30:00', NULL, NULL, FALSE),
  (19, 'かな', 'g19@example.jp', '東京都', 1996, 'female', 'golf', 'referral', TIMESTAMP '2025-02-10 18:10:00', NULL, NULL, FALSE),
  (13, '社内2', 'g13@example.jp', '大阪府', NULL, 'male', NULL, NULL, TIMESTAMP '2025-03-01 13:00:00', NULL, NULL, TRUE),
  (4, 'ゆき', 'g4@example.jp', NULL, 1978, 'female', 'golf', 'sns_ad', TIMESTAMP '2025-02-01 14:59:59', TIMESTAMP '2025-02-02 01:00:00', NULL, FALSE),
  (10, 'まさ', 'g10@example.jp', '東京都', 1988, 'male', 'golf', 'search_ad', TIMESTAMP '2025-02-28 19:59:59', NULL, NULL, FALSE),
  (8, '社内1', 'g8@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-02-20 12:00:00', TIMESTAMP '2025-02-20 12:05:00', NULL, TRUE);
INSERT INTO sessions VALUES
  (1, 1, 'd1', 'ios', '3.4.0', TIMESTAMP '2025-02-01 13:00:00', TIMESTAMP '2025-02-01 13:20:00'),
  (2, 2, 'd2', 'ios', '3.5.1', TIMESTAMP '2025-02-02 15:30:00', NULL),
  (3, 3, 'd3', 'android', '3.4.2', TIMESTAMP '2025-02-03 19:59:59', TIMESTAMP '2025-02-03 21:00:00'),
  (4, 4, NULL, 'web', NULL, TIMESTAMP '2025-02-03 20:00:00', TIMESTAMP '2025-02-03 20:05:00'),
  (5, 5, 'd5', 'ios', '13.4.0', TIMESTAMP '2025-02-04 22:00:00', NULL),
  (6, 7, 'd7', 'ios', '3.40.1', TIMESTAMP '2025-02-05 16:00:00', TIMESTAMP '2025-02-05 16:01:00'),
  (7, 8, 'd8', 'android', '3.5.0', TIMESTAMP '2025-02-20 12:10:00', TIMESTAMP '2025-02-20 12:30:00'),
  (8, 9, 'd9', 'web', NULL, TIMESTAMP '2025-02-28 11:30:00', TIMESTAMP '2025-02-28 11:45:00'),
  (9, 1, 'd1', 'ios', '3.5.1', TIMESTAMP '2025-02-02 14:00:00', TIMESTAMP '2025-02-02 14:02:00'),
  (10, 15, 'd15', 'android', '3.5.1', TIMESTAMP '2025-03-31 22:10:00', NULL),
  (11, 15, 'd15', 'android', '3.5.1', TIMESTAMP '2025-04-01 13:00:00', TIMESTAMP '2025-04-01 13:30:00');
INSERT INTO experiments VALUES
  (1, 'list_v2', '新しい一覧', 'New list', 'guest', 'talk_14d', DATE '2025-02-01', DATE '2025-02-28', NULL),
  (2, 'profile_v3', '新しいプロフィール', 'New profile', 'guest', 'appointment_14d', DATE '2025-03-01', NULL, NULL);
INSERT INTO experiment_assignments VALUES
  (1, 1, 'control', TIMESTAMP '2025-02-01 13:00:00', 50, NULL), (2, 1, 'treatment', TIMESTAMP '2025-03-02 13:00:00', 50, TIMESTAMP '2025-03-02 13:00:10'),
  (1, 15, 'treatment', TIMESTAMP '2025-03-31 22:10:00', 50, TIMESTAMP '2025-03-31 22:10:20'), (2, 15, 'control', TIMESTAMP '2025-03-31 22:10:00', 50, NULL);
INSERT INTO guest_devices VALUES
  (1, 'd1', 'ios', TIMESTAMP '2025-02-01 13:00:00', TIMESTAMP '2025-02-02 14:02:00'),
  (1, 'd21', 'web', TIMESTAMP '2025-02-03 13:00:00', TIMESTAMP '2025-02-03 13:10:00'),
  (15, 'd15', 'android', TIMESTAMP '2025-03-31 22:10:00', TIMESTAMP '2025-04-01 13:30:00'),
  (15, 'd21', 'web', TIMESTAMP '2025-04-02 13:00:00', TIMESTAMP '2025-04-02 13:10:00');
INSERT INTO cast_shifts VALUES
  (1, DATE '2025-02-10', TIMESTAMP '2025-02-10 20:00:00', TIMESTAMP '2025-02-11 01:00:00'),
  (1, DATE '2025-02-10', TIMESTAMP '2025-02-11 01:00:00', TIMESTAMP '2025-02-11 04:00:00'),
  (4, DATE '2025-02-28', TIMESTAMP '2025-02-28 22:00:00', TIMESTAMP '2025-03-01 03:00:00'),
  (4, DATE '2025-03-01', TIMESTAMP '2025-03-01 22:00:00', TIMESTAMP '2025-03-02 03:00:00');
