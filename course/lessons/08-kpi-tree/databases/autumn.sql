-- October to December 2025: registrations, first talks, requests and payments at the edges of months and of the 14 days; tests; guests lost at every stage.
INSERT INTO casts VALUES
  (3, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (1, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, channel, moment, NULL, NULL, test
FROM (VALUES
  (9, TIMESTAMP '2025-10-31 20:00:00', 'sns_ad', FALSE), (1, TIMESTAMP '2025-09-30 19:59:59', 'organic', FALSE), (2, TIMESTAMP '2025-09-30 20:00:00', 'organic', FALSE),
  (3, TIMESTAMP '2025-10-05 12:00:00', 'organic', FALSE), (4, TIMESTAMP '2025-10-10 22:00:00', 'search_ad', FALSE), (5, TIMESTAMP '2025-10-12 12:00:00', 'search_ad', FALSE),
  (6, TIMESTAMP '2025-10-15 12:00:00', NULL, FALSE), (7, TIMESTAMP '2025-10-20 12:00:00', 'organic', TRUE), (8, TIMESTAMP '2025-10-31 19:59:59', 'sns_ad', FALSE),
  (10, TIMESTAMP '2025-11-05 12:00:00', 'organic', FALSE), (11, TIMESTAMP '2025-11-10 12:00:00', 'search_ad', FALSE), (12, TIMESTAMP '2025-11-15 12:00:00', NULL, FALSE),
  (13, TIMESTAMP '2025-11-30 19:59:59', 'organic', FALSE), (14, TIMESTAMP '2025-11-30 20:00:00', 'organic', FALSE), (15, TIMESTAMP '2025-12-10 12:00:00', 'search_ad', FALSE),
  (16, TIMESTAMP '2025-12-17 20:00:00', 'sns_ad', FALSE), (17, TIMESTAMP '2025-12-17 20:00:01', 'sns_ad', FALSE), (18, TIMESTAMP '2025-12-25 12:00:00', 'organic', FALSE),
  (19, TIMESTAMP '2025-11-20 12:00:00', 'search_ad', TRUE), (20, TIMESTAMP '2025-11-12 12:00:00', 'sns_ad', FALSE), (21, TIMESTAMP '2025-10-18 12:00:00', 'organic', FALSE),
  (22, TIMESTAMP '2025-10-22 00:00:00', 'search_ad', FALSE), (23, TIMESTAMP '2025-10-31 16:00:00', 'organic', FALSE), (24, TIMESTAMP '2025-12-12 12:00:00', 'organic', TRUE),
  (25, TIMESTAMP '2025-07-10 12:00:00', 'referral', FALSE), (26, TIMESTAMP '2025-06-30 19:59:59', 'referral', FALSE), (27, TIMESTAMP '2025-10-08 12:00:00', 'organic', FALSE),
  (28, TIMESTAMP '2025-08-01 12:00:00', 'sns_ad', FALSE), (29, TIMESTAMP '2025-08-02 12:00:00', 'sns_ad', FALSE), (30, TIMESTAMP '2025-11-18 12:00:00', 'sns_ad', FALSE),
  (31, TIMESTAMP '2025-08-03 12:00:00', 'sns_ad', FALSE), (32, TIMESTAMP '2025-08-04 12:00:00', 'sns_ad', FALSE),
  (33, TIMESTAMP '2025-08-05 12:00:00', 'sns_ad', FALSE), (34, TIMESTAMP '2025-08-06 12:00:00', 'sns_ad', FALSE), (35, TIMESTAMP '2025-08-07 12:00:00', 'sns_ad', FALSE)
) AS people(id, moment, channel, test);
INSERT INTO talks
SELECT id, guest_id, CASE WHEN id % 2 = 0 THEN 1 ELSE 3 END, 'list', moment, NULL
FROM (VALUES
  (31, 1, TIMESTAMP '2025-09-30 21:00:00'), (5, 2, TIMESTAMP '2025-10-01 12:00:00'), (12, 2, TIMESTAMP '2025-10-02 12:00:00'), (13, 2, TIMESTAMP '2025-11-03 12:00:00'),
  (8, 3, TIMESTAMP '2025-10-05 12:00:00'), (2, 4, TIMESTAMP '2025-10-24 22:00:00'), (21, 5, TIMESTAMP '2025-10-12 13:00:00'), (3, 6, TIMESTAMP '2025-10-31 20:10:00'),
  (4, 7, TIMESTAMP '2025-10-20 13:00:00'), (9, 8, TIMESTAMP '2025-10-31 20:05:00'), (10, 9, TIMESTAMP '2025-11-01 12:00:00'), (11, 9, TIMESTAMP '2025-11-02 12:00:00'),
  (14, 10, TIMESTAMP '2025-11-05 13:00:00'), (15, 10, TIMESTAMP '2025-11-30 19:59:59'), (16, 10, TIMESTAMP '2025-11-30 20:00:00'), (17, 11, TIMESTAMP '2025-11-24 12:00:00'),
  (18, 12, TIMESTAMP '2025-11-16 12:00:00'), (19, 13, TIMESTAMP '2025-12-01 00:00:00'), (20, 14, TIMESTAMP '2025-12-17 20:00:00'), (22, 15, TIMESTAMP '2025-12-17 20:00:01'),
  (23, 16, TIMESTAMP '2025-12-18 12:00:00'), (24, 17, TIMESTAMP '2025-12-20 12:00:00'), (25, 19, TIMESTAMP '2025-11-20 13:00:00'), (26, 20, TIMESTAMP '2025-11-12 13:00:00'),
  (27, 22, TIMESTAMP '2025-10-22 01:00:00'), (28, 23, TIMESTAMP '2025-10-31 16:30:00'), (29, 24, TIMESTAMP '2025-12-12 13:00:00'), (30, 24, TIMESTAMP '2025-12-13 13:00:00'),
  (32, 25, TIMESTAMP '2025-07-12 12:00:00'), (33, 27, TIMESTAMP '2025-10-09 12:00:00'), (34, 27, TIMESTAMP '2025-10-10 12:00:00'),
  (35, 28, TIMESTAMP '2025-11-20 12:00:00'), (36, 29, TIMESTAMP '2025-11-30 20:00:00'), (37, 30, TIMESTAMP '2025-12-01 23:00:00'),
  (38, 31, TIMESTAMP '2025-11-21 12:00:00'), (39, 32, TIMESTAMP '2025-11-22 12:00:00'),
  (40, 33, TIMESTAMP '2025-08-08 12:00:00'), (41, 34, TIMESTAMP '2025-08-08 13:00:00'), (42, 35, TIMESTAMP '2025-08-08 14:00:00')
) AS rooms(id, guest_id, moment);
INSERT INTO messages
SELECT id, talk_id, sender, 'chat', 'こんばんは', 5, TIMESTAMP '2025-12-01 12:00:00', NULL, NULL
FROM (VALUES
  (2, 5, 'cast'), (1, 5, 'guest'), (3, 8, 'cast'), (4, 8, 'cast'), (5, 21, 'guest'), (6, 9, 'cast'), (7, 10, 'guest'), (8, 11, 'cast'), (9, 14, 'cast'), (10, 18, 'cast'),
  (11, 19, 'cast'), (12, 20, 'cast'), (13, 23, 'cast'), (14, 27, 'cast'), (15, 4, 'cast'), (16, 31, 'cast'), (17, 26, 'cast'), (18, 28, 'guest'), (19, 2, 'cast'), (20, 12, 'guest'),
  (21, 3, 'cast'), (22, 33, 'guest'), (23, 34, 'cast')
) AS said(id, talk_id, sender);
INSERT INTO appointments
SELECT id, talk_id, guest_id, CASE WHEN talk_id % 2 = 0 THEN 1 ELSE 3 END, 'dinner', 'SHIBUYA', moment, moment + INTERVAL 14 HOUR, 2.0, 12000, status, NULL, NULL
FROM (VALUES
  (3, 5, 2, TIMESTAMP '2025-10-03 12:00:00', 'completed'), (7, 12, 2, TIMESTAMP '2025-10-04 12:00:00', 'completed'), (5, 8, 3, TIMESTAMP '2025-10-19 12:00:00', 'completed'),
  (2, 2, 4, TIMESTAMP '2025-10-25 12:00:00', 'cancelled'), (6, NULL, 5, TIMESTAMP '2025-10-13 12:00:00', 'completed'), (8, 4, 7, TIMESTAMP '2025-10-21 12:00:00', 'completed'),
  (9, 9, 8, TIMESTAMP '2025-11-03 12:00:00', 'accepted'), (10, 10, 9, TIMESTAMP '2025-11-05 12:00:00', 'completed'), (11, 11, 9, TIMESTAMP '2025-11-06 12:00:00', 'cancelled'),
  (12, NULL, 10, TIMESTAMP '2025-11-05 12:30:00', 'cancelled'), (13, 15, 10, TIMESTAMP '2025-12-05 12:00:00', 'completed'), (14, 17, 11, TIMESTAMP '2025-11-24 12:00:00', 'completed'),
  (15, 18, 12, TIMESTAMP '2025-11-17 12:00:00', 'declined'), (16, 19, 13, TIMESTAMP '2025-12-02 12:00:00', 'completed'), (17, 20, 14, TIMESTAMP '2025-12-31 19:00:00', 'requested'),
  (18, 22, 15, TIMESTAMP '2025-12-20 12:00:00', 'requested'), (19, 23, 16, TIMESTAMP '2025-12-19 12:00:00', 'completed'), (20, 25, 19, TIMESTAMP '2025-11-21 12:00:00', 'completed'),
  (21, 26, 20, TIMESTAMP '2025-11-13 12:00:00', 'completed'), (22, 26, 20, TIMESTAMP '2025-11-14 12:00:00', 'cancelled'), (23, NULL, 20, TIMESTAMP '2025-11-20 12:00:00', 'requested'),
  (24, 27, 22, TIMESTAMP '2025-10-23 12:00:00', 'requested'), (25, 31, 1, TIMESTAMP '2025-10-10 12:00:00', 'completed'), (26, 29, 24, TIMESTAMP '2025-12-14 12:00:00', 'completed'),
  (28, 16, 10, TIMESTAMP '2025-11-30 20:00:00', 'requested'), (29, 13, 2, TIMESTAMP '2025-10-31 19:59:59', 'declined'), (30, 3, 6, TIMESTAMP '2025-11-30 19:59:59', 'completed'),
  (31, 32, 25, TIMESTAMP '2025-07-13 12:00:00', 'completed'), (32, 34, 27, TIMESTAMP '2025-10-10 13:00:00', 'completed'), (33, NULL, 18, TIMESTAMP '2025-12-26 12:00:00', 'requested'),
  (34, NULL, 17, TIMESTAMP '2025-12-31 19:00:00', 'requested'), (35, NULL, 27, TIMESTAMP '2025-10-10 14:00:00', 'cancelled'),
  (36, 35, 28, TIMESTAMP '2025-11-30 20:00:00', 'requested'), (37, 37, 30, TIMESTAMP '2025-12-02 00:00:00', 'requested'),
  (38, 38, 31, TIMESTAMP '2025-12-03 12:00:00', 'requested'), (39, NULL, 32, TIMESTAMP '2025-10-31 20:00:00', 'completed'),
  (40, 40, 33, TIMESTAMP '2025-08-09 12:00:00', 'completed')
) AS dates(id, talk_id, guest_id, moment, status);
INSERT INTO payments
SELECT id, guest_id, kind, amount, amount, 'bank', NULL, status, CASE id WHEN 4 THEN 3 WHEN 11 THEN 12 WHEN 20 THEN 22 WHEN 21 THEN 17 END, moment, moment
FROM (VALUES
  (1, 2, 'purchase', 5000, 'succeeded', TIMESTAMP '2025-12-01 05:00:00'), (2, 2, 'purchase', 5001, 'succeeded', TIMESTAMP '2025-12-01 04:59:59'),
  (3, 3, 'purchase', 12000, 'succeeded', TIMESTAMP '2025-12-10 21:00:00'), (4, 3, 'refund', -12000, 'succeeded', TIMESTAMP '2025-12-12 21:00:00'),
  (5, 9, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-31 21:00:00'), (6, 9, 'purchase', 3000, 'succeeded', TIMESTAMP '2026-01-01 04:59:59'),
  (7, 9, 'purchase', 3100, 'succeeded', TIMESTAMP '2026-01-01 05:00:00'), (8, 10, 'purchase', 7000, 'failed', TIMESTAMP '2025-12-15 21:00:00'),
  (9, 13, 'purchase', 30000, 'charged_back', TIMESTAMP '2025-12-20 21:00:00'), (10, 7, 'purchase', 10000, 'succeeded', TIMESTAMP '2025-12-15 21:00:00'),
  (11, 1, 'refund', -500, 'succeeded', TIMESTAMP '2025-12-20 21:00:00'), (12, 1, 'purchase', 500, 'succeeded', TIMESTAMP '2025-11-20 21:00:00'),
  (13, 8, 'purchase', 1003, 'succeeded', TIMESTAMP '2025-12-05 00:30:00'), (14, 9, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-06 00:30:00'),
  (15, 16, 'purchase', 2007, 'succeeded', TIMESTAMP '2025-12-24 21:00:00'), (16, 24, 'purchase', 8000, 'succeeded', TIMESTAMP '2025-12-24 22:00:00'),
  (17, 27, 'purchase', 9001, 'failed', TIMESTAMP '2025-10-12 22:00:00'), (18, 5, 'purchase', 2500, 'succeeded', TIMESTAMP '2025-10-14 22:00:00'),
  (19, 25, 'purchase', 4000, 'succeeded', TIMESTAMP '2025-07-14 22:00:00'), (20, 23, 'refund', -700, 'succeeded', TIMESTAMP '2025-10-14 22:00:00'),
  (21, 27, 'refund', -300, 'succeeded', TIMESTAMP '2025-10-15 22:00:00'), (22, 23, 'purchase', 700, 'failed', TIMESTAMP '2025-10-13 22:00:00')
) AS paid(id, guest_id, kind, amount, status, moment);
INSERT INTO point_ledger VALUES
  (1, 2, 'purchase', 5000, 1, NULL, NULL, TIMESTAMP '2025-12-01 05:00:00'), (2, 2, 'bonus', 500, NULL, NULL, NULL, TIMESTAMP '2025-12-01 05:01:00'),
  (3, 2, 'spend', -12000, NULL, 3, NULL, TIMESTAMP '2025-10-05 12:00:00'), (4, 2, 'return', 100, NULL, 3, NULL, TIMESTAMP '2025-10-05 13:00:00');
INSERT INTO guest_devices VALUES
  (3, 'd1', 'ios', TIMESTAMP '2025-10-05 12:00:00', TIMESTAMP '2025-10-06 12:00:00'), (3, 'd2', 'web', TIMESTAMP '2025-10-07 12:00:00', TIMESTAMP '2025-10-08 12:00:00');
INSERT INTO experiments VALUES
  (1, 'list', '一覧', 'List', 'guest', 'talk_14d', DATE '2025-10-01', NULL, NULL), (2, 'push', '通知', 'Push', 'guest', 'talk_14d', DATE '2025-10-01', NULL, NULL);
INSERT INTO experiment_assignments VALUES
  (1, 3, 'control', TIMESTAMP '2025-10-05 13:00:00', 50, NULL), (2, 3, 'treatment', TIMESTAMP '2025-10-05 14:00:00', 50, NULL);
