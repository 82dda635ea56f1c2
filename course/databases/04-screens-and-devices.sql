-- Search screens, resent rows, retired casts on show; shared devices; unreviewed guests; an experiment without talks for some.
INSERT INTO casts VALUES
  (1, 'あおい', 'SHIBUYA', 'gold', 'gourmet', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'れん', 'GINZA', 'standard', 'music', 3000, TIMESTAMP '2024-03-01 10:00:00', TIMESTAMP '2025-02-03 12:00:00', FALSE),
  (3, 'ひなた', 'SHIBUYA', 'silver', 'golf', 4000, TIMESTAMP '2024-04-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE),
  (2, 'はなこ', 'g2@example.jp', '大阪府', 1990, 'female', 'music', 'search_ad', TIMESTAMP '2025-01-11 12:00:00', NULL, NULL, FALSE),
  (3, 'けん', 'g3@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-12 12:00:00', NULL, NULL, FALSE),
  (4, '社内1', 'g4@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-01-13 12:00:00', NULL, NULL, TRUE);
INSERT INTO guest_devices VALUES
  (1, 'd1', 'ios', TIMESTAMP '2025-01-10 12:00:00', TIMESTAMP '2025-02-01 12:00:00'),
  (1, 'd1', 'ios', TIMESTAMP '2025-02-02 12:00:00', TIMESTAMP '2025-03-01 12:00:00'),
  (2, 'd1', 'ios', TIMESTAMP '2025-01-11 12:00:00', TIMESTAMP '2025-02-01 12:00:00'),
  (1, 'd2', 'web', TIMESTAMP '2025-01-15 12:00:00', TIMESTAMP '2025-01-20 12:00:00'),
  (2, 'd2', 'web', TIMESTAMP '2025-01-16 12:00:00', TIMESTAMP '2025-01-21 12:00:00'),
  (3, 'd3', 'android', TIMESTAMP '2025-01-12 12:00:00', TIMESTAMP '2025-03-01 12:00:00'),
  (4, 'd1', 'ios', TIMESTAMP '2025-01-13 12:00:00', TIMESTAMP '2025-01-14 12:00:00');
INSERT INTO sessions VALUES
  (1, 1, 'd1', 'ios', '3.4.0', TIMESTAMP '2025-02-01 13:00:00', TIMESTAMP '2025-02-01 13:20:00'),
  (2, 2, 'd1', 'ios', '3.4.0', TIMESTAMP '2025-02-01 20:00:00', NULL);
INSERT INTO list_impressions VALUES
  ('e1', 1, 1, 1, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-02-01 13:00:10', TIMESTAMP '2025-02-01 13:01:00'),
  ('e2', 1, 1, 2, 'list', 2, 'popular_v1', FALSE, TIMESTAMP '2025-02-01 13:00:10', TIMESTAMP '2025-02-01 13:01:00'),
  ('e2', 1, 1, 2, 'list', 2, 'popular_v1', FALSE, TIMESTAMP '2025-02-01 13:00:10', TIMESTAMP '2025-02-03 13:01:00'),
  ('e3', 2, 2, 1, 'search', 1, 'popular_v1', TRUE, TIMESTAMP '2025-02-01 20:00:10', TIMESTAMP '2025-02-01 20:01:00'),
  ('e4', 2, 2, 3, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-02-01 20:00:20', TIMESTAMP '2025-02-01 20:01:00'),
  ('e5', NULL, 3, 2, 'list', 3, 'popular_v1', TRUE, TIMESTAMP '2025-02-04 15:00:00', TIMESTAMP '2025-02-04 15:01:00'),
  ('e6', NULL, 4, 1, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-02-05 15:00:00', TIMESTAMP '2025-02-05 15:01:00');
INSERT INTO talks VALUES
  (1, 1, 1, 'list', TIMESTAMP '2025-02-01 13:05:00', NULL), (2, 2, 3, 'list', TIMESTAMP '2025-02-01 20:05:00', NULL);
INSERT INTO experiments VALUES
  (1, 'list_v2', '新しい一覧', 'New list', 'guest', 'appointment_14d', DATE '2025-02-01', DATE '2025-02-28', NULL);
INSERT INTO experiment_assignments VALUES
  (1, 1, 'treatment', TIMESTAMP '2025-02-01 13:00:00', 50, TIMESTAMP '2025-02-01 13:00:20'), (1, 2, 'control', TIMESTAMP '2025-02-01 20:00:00', 50, NULL),
  (1, 3, 'control', TIMESTAMP '2025-02-04 15:00:00', 50, TIMESTAMP '2025-02-04 15:00:10'), (1, 4, 'treatment', TIMESTAMP '2025-02-05 15:00:00', 50, NULL);
INSERT INTO appointments VALUES
  (1, 1, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-02-20 12:00:00', TIMESTAMP '2025-02-22 19:00:00', 2.0, 12000, 'completed', NULL, 4),
  (2, 2, 2, 3, 'bar', 'GINZA', TIMESTAMP '2025-02-03 12:00:00', TIMESTAMP '2025-02-05 19:00:00', 2.0, 8000, 'completed', NULL, NULL);
INSERT INTO fraud_scores VALUES
  (1, DATE '2025-02-01', 900, 'rules_1', 'fraud'), (2, DATE '2025-02-01', 700, 'rules_1', NULL),
  (3, DATE '2025-02-01', NULL, 'rules_1', NULL), (1, DATE '2025-03-01', 950, 'rules_1', 'fraud'), (4, DATE '2025-02-01', 10, 'rules_1', 'ok');
INSERT INTO campaigns VALUES
  (1, '検索広告2月', 'Search ads February', 'registration', 'search_ad', 300000, DATE '2025-02-01', DATE '2025-02-28'),
  (2, 'SNS広告2月', 'Social ads February', 'registration', 'sns_ad', 200000, DATE '2025-02-01', DATE '2025-02-14');
