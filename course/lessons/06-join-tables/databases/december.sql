-- Guests and casts with none, one and several talks and appointments of every status around December 2025; ids that mean different things.
INSERT INTO casts VALUES
  (7, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'れん', 'SHIBUYA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (5, 'れん', 'GINZA', 'silver', 'travel', 4000, TIMESTAMP '2024-03-05 10:00:00', NULL, FALSE),
  (2, 'そら', 'SHIBUYA', 'silver', 'games', 4000, TIMESTAMP '2024-04-01 10:00:00', TIMESTAMP '2025-12-20 12:00:00', FALSE),
  (4, 'テスト', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE),
  (1, 'みお', 'SHIBUYA', 'standard', 'games', 3000, TIMESTAMP '2024-05-01 10:00:00', NULL, FALSE),
  (8, 'あおい', 'SHIBUYA', 'gold', 'travel', 6000, TIMESTAMP '2024-07-01 10:00:00', NULL, FALSE),
  (6, 'はる', 'SHIBUYA', 'standard', 'gourmet', 3000, TIMESTAMP '2024-06-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', moment, NULL, NULL, test
FROM (VALUES
  (9, TIMESTAMP '2025-12-07 19:59:59', FALSE), (1, TIMESTAMP '2025-11-30 19:59:59', FALSE), (8, TIMESTAMP '2025-12-05 12:00:00', FALSE),
  (2, TIMESTAMP '2025-11-30 20:00:00', FALSE), (10, TIMESTAMP '2025-12-07 20:00:00', FALSE), (3, TIMESTAMP '2025-12-01 12:00:00', FALSE),
  (7, TIMESTAMP '2025-12-04 12:00:00', TRUE), (4, TIMESTAMP '2025-12-02 12:00:00', FALSE), (6, TIMESTAMP '2025-12-03 15:00:00', FALSE),
  (11, TIMESTAMP '2025-12-10 12:00:00', TRUE), (5, TIMESTAMP '2025-12-02 22:30:00', FALSE), (12, TIMESTAMP '2025-12-03 13:00:00', TRUE),
  (13, TIMESTAMP '2025-12-07 20:00:00', FALSE)
) AS people(id, moment, test);
INSERT INTO talks
SELECT id, guest_id, cast_id, source, moment, NULL
FROM (VALUES
  (12, 3, 7, 'list', TIMESTAMP '2025-12-30 20:00:00'), (3, 3, 3, 'push', TIMESTAMP '2025-12-01 13:00:00'), (8, 4, 5, 'list', TIMESTAMP '2025-12-31 19:59:59'),
  (5, 4, 7, 'favorite', TIMESTAMP '2025-12-10 13:00:00'), (4, 6, 4, 'list', TIMESTAMP '2025-12-31 13:00:00'), (1, 7, 3, NULL, TIMESTAMP '2025-12-30 19:59:59'),
  (2, 7, 2, 'list', TIMESTAMP '2025-12-31 13:00:00'), (6, 8, 1, NULL, TIMESTAMP '2025-12-31 14:00:00'), (29, 10, 3, 'list', TIMESTAMP '2025-12-31 20:00:00'),
  (7, 1, 5, 'push', TIMESTAMP '2025-12-31 15:00:00'), (10, 11, 7, 'list', TIMESTAMP '2025-12-31 16:00:00'), (11, 4, 7, 'list', TIMESTAMP '2025-12-31 17:00:00')
) AS rooms(id, guest_id, cast_id, source, moment);
INSERT INTO appointments
SELECT id, talk_id, guest_id, cast_id, 'dinner', area, moment, moment + INTERVAL 14 HOUR, 2.0, 12000, status, NULL, CASE WHEN status = 'completed' AND id % 2 = 0 THEN 4 END
FROM (VALUES
  (3, 12, 3, 7, 'GINZA', TIMESTAMP '2025-12-30 20:10:00', 'requested'), (8, 3, 3, 3, 'SHIBUYA', TIMESTAMP '2025-12-02 12:00:00', 'completed'),
  (5, 3, 3, 3, 'SHIBUYA', TIMESTAMP '2025-12-09 12:00:00', 'completed'), (12, 5, 4, 7, 'SHIBUYA', TIMESTAMP '2025-12-11 12:00:00', 'cancelled'),
  (2, 4, 6, 4, 'SHIBUYA', TIMESTAMP '2025-12-31 13:30:00', 'completed'), (9, 2, 7, 2, 'SHIBUYA', TIMESTAMP '2025-12-31 14:30:00', 'completed'),
  (6, 6, 8, 1, 'GINZA', TIMESTAMP '2025-12-31 19:59:59', 'accepted'), (1, 7, 1, 5, 'SHIBUYA', TIMESTAMP '2025-12-31 20:00:00', 'completed'),
  (4, NULL, 8, 5, 'GINZA', TIMESTAMP '2025-12-31 12:00:00', 'completed'), (10, 10, 11, 7, 'SHIBUYA', TIMESTAMP '2025-12-31 16:30:00', 'completed'),
  (7, 1, 7, 3, 'SHIBUYA', TIMESTAMP '2025-11-30 19:59:59', 'completed'), (11, 11, 4, 7, 'GINZA', TIMESTAMP '2025-12-31 17:30:00', 'declined'),
  (13, 3, 3, 3, 'GINZA', TIMESTAMP '2025-11-30 20:00:00', 'completed'), (14, NULL, 9, 1, 'SHIBUYA', TIMESTAMP '2025-12-20 12:00:00', 'cancelled'),
  (15, 8, 4, 5, 'GINZA', TIMESTAMP '2025-12-31 18:00:00', 'requested'), (16, 12, 3, 7, 'SHIBUYA', TIMESTAMP '2025-12-21 12:00:00', 'completed'),
  (17, NULL, 3, 7, 'SHIBUYA', TIMESTAMP '2026-01-01 12:00:00', 'completed')
) AS dates(id, talk_id, guest_id, cast_id, area, moment, status);
INSERT INTO point_ledger VALUES
  (30, 3, 'spend', -12000, NULL, 3, NULL, TIMESTAMP '2025-12-31 05:10:00'), (20, 4, 'spend', -12000, NULL, 11, NULL, TIMESTAMP '2026-01-01 02:30:00'),
  (25, 4, 'return', 12000, NULL, 11, NULL, TIMESTAMP '2026-01-01 02:40:00'), (27, 6, 'spend', -9000, NULL, 2, NULL, TIMESTAMP '2025-12-31 22:30:00'),
  (28, 7, 'spend', -9000, NULL, 9, NULL, TIMESTAMP '2025-12-31 23:30:00'), (22, 8, 'spend', -6000, NULL, 6, NULL, TIMESTAMP '2026-01-01 04:59:59'),
  (23, 8, 'bonus', 500, NULL, NULL, NULL, TIMESTAMP '2025-12-31 20:00:00'), (21, 8, 'spend', -7000, NULL, 4, NULL, TIMESTAMP '2025-12-31 21:00:00'),
  (24, 3, 'spend', -8000, NULL, 8, NULL, TIMESTAMP '2025-12-02 21:00:00'), (26, 3, 'spend', -100, NULL, 5, NULL, TIMESTAMP '2025-12-31 04:59:59'),
  (29, 4, 'spend', -300, NULL, 11, NULL, TIMESTAMP '2026-01-01 05:00:00'),
  (33, 4, 'spend', -500, NULL, 11, NULL, TIMESTAMP '2025-12-31 05:00:00'), (32, 4, 'spend', -500, NULL, 11, NULL, TIMESTAMP '2025-12-31 22:00:00'),
  (31, 4, 'spend', -200, NULL, 11, NULL, TIMESTAMP '2025-12-31 23:00:00'), (34, 4, 'spend', -700, NULL, 11, NULL, TIMESTAMP '2026-01-02 22:00:00');
INSERT INTO guest_devices VALUES
  (4, 'd1', 'ios', TIMESTAMP '2025-12-02 12:00:00', TIMESTAMP '2025-12-03 12:00:00'), (4, 'd2', 'web', TIMESTAMP '2025-12-04 12:00:00', TIMESTAMP '2025-12-05 12:00:00');
INSERT INTO experiments VALUES
  (1, 'list', '一覧', 'List', 'guest', 'talk_14d', DATE '2025-12-01', NULL, NULL), (2, 'push', '通知', 'Push', 'guest', 'talk_14d', DATE '2025-12-01', NULL, NULL);
INSERT INTO experiment_assignments VALUES
  (1, 4, 'control', TIMESTAMP '2025-12-02 13:00:00', 50, NULL), (2, 4, 'treatment', TIMESTAMP '2025-12-02 14:00:00', 50, NULL),
  (1, 3, 'treatment', TIMESTAMP '2025-12-01 13:00:00', 50, NULL), (2, 3, 'control', TIMESTAMP '2025-12-01 14:00:00', 50, NULL),
  (1, 5, 'control', TIMESTAMP '2025-12-03 13:00:00', 50, NULL), (2, 5, 'control', TIMESTAMP '2025-12-03 14:00:00', 50, NULL);
