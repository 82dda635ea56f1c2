-- Casts on both sides of three ratings and of a mean of 3, two with the same mean; unrated appointments; a shared name; a test account.
INSERT INTO casts VALUES
  (7, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'れん', 'SHIBUYA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (5, 'れん', 'GINZA', 'silver', 'travel', 4000, TIMESTAMP '2024-03-05 10:00:00', NULL, FALSE),
  (2, 'そら', 'SHIBUYA', 'silver', 'games', 4000, TIMESTAMP '2024-04-01 10:00:00', TIMESTAMP '2025-12-20 12:00:00', FALSE),
  (4, 'テスト', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE),
  (1, 'みお', 'SHIBUYA', 'standard', 'games', 3000, TIMESTAMP '2024-05-01 10:00:00', NULL, FALSE),
  (8, 'あい', 'SHIBUYA', 'gold', 'travel', 6000, TIMESTAMP '2024-07-01 10:00:00', NULL, FALSE),
  (6, 'はる', 'SHIBUYA', 'standard', 'gourmet', 3000, TIMESTAMP '2024-06-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', moment, NULL, NULL, test
FROM (VALUES
  (9, TIMESTAMP '2025-12-07 19:59:59', FALSE), (1, TIMESTAMP '2025-11-30 19:59:59', FALSE), (8, TIMESTAMP '2025-12-05 12:00:00', FALSE),
  (2, TIMESTAMP '2025-11-30 20:00:00', FALSE), (10, TIMESTAMP '2025-12-07 20:00:00', FALSE), (3, TIMESTAMP '2025-12-01 12:00:00', FALSE),
  (7, TIMESTAMP '2025-12-04 12:00:00', TRUE), (4, TIMESTAMP '2025-12-02 12:00:00', FALSE), (6, TIMESTAMP '2025-12-03 15:00:00', FALSE),
  (11, TIMESTAMP '2025-12-10 12:00:00', TRUE), (5, TIMESTAMP '2025-12-02 22:30:00', FALSE), (12, TIMESTAMP '2025-12-03 13:00:00', TRUE)
) AS people(id, moment, test);
INSERT INTO appointments
SELECT row_number() OVER (ORDER BY n), NULL, 1 + abs(n) % 6, cast_id, 'dinner', 'SHIBUYA', TIMESTAMP '2025-11-01 12:00:00' + to_hours(n), TIMESTAMP '2025-11-02 19:00:00', 2.0, 12000,
       'completed', NULL, rating
FROM (VALUES
  (-2, 8, 2), (-1, 8, 2), (0, 8, 2), (1, 7, 1), (2, 7, 2), (3, 7, 3), (33, 7, 2), (4, 7, NULL), (5, 3, 3), (6, 3, 3), (7, 3, 3), (8, 5, 1), (9, 5, 2), (10, 5, NULL), (11, 5, NULL),
  (12, 2, 1), (13, 2, 1), (14, 2, 2), (15, 2, 2), (16, 2, NULL), (17, 4, 1), (18, 4, 1), (19, 4, 1), (20, 1, 5), (21, 1, 4), (22, 1, 1), (23, 1, 2), (24, 1, 2),
  (25, 6, 4), (26, 6, 2), (27, 6, 4), (28, 6, NULL), (29, 6, NULL), (30, 6, NULL), (31, 6, 4), (32, 3, NULL)
) AS rated(n, cast_id, rating);
