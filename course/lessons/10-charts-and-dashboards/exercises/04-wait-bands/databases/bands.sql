-- Waits on both sides of each edge, none, blank, at the ends of December, begun by the cast and answered, of a test guest; half minutes; two at one moment.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id = 3
FROM (VALUES (2), (1), (3)) AS people(id);
CREATE TEMP TABLE begun AS
SELECT * FROM (VALUES
  (12, 1, TIMESTAMP '2025-12-05 12:10:00', 'guest', 0), (2, 2, TIMESTAMP '2025-12-06 12:20:00', 'guest', 9),
  (13, 1, TIMESTAMP '2025-12-07 12:30:00', 'guest', 10), (14, 2, TIMESTAMP '2025-12-08 12:40:00', 'guest', 29),
  (15, 1, TIMESTAMP '2025-12-09 12:50:00', 'guest', 30), (16, 2, TIMESTAMP '2025-12-10 12:50:00', 'guest', 59),
  (17, 1, TIMESTAMP '2025-12-11 12:55:00', 'guest', 60), (21, 1, TIMESTAMP '2025-12-05 15:10:00', 'guest', 179),
  (22, 2, TIMESTAMP '2025-12-06 15:59:59', 'guest', 180), (23, 1, TIMESTAMP '2025-12-07 13:30:00', 'guest', 719),
  (24, 2, TIMESTAMP '2025-12-08 13:00:00', 'guest', 720), (25, 1, TIMESTAMP '2025-12-09 14:59:59', 'guest', 4000),
  (26, 2, TIMESTAMP '2025-12-10 02:00:00', 'guest', NULL), (27, 1, TIMESTAMP '2025-12-11 02:10:00', 'guest', NULL),
  (28, 2, TIMESTAMP '2025-12-12 02:20:00', 'guest', NULL), (29, 2, TIMESTAMP '2025-12-12 03:20:00', 'guest', 5),
  (31, 1, TIMESTAMP '2025-12-05 12:15:00', 'cast', 0), (32, 3, TIMESTAMP '2025-12-05 12:15:00', 'guest', 1),
  (33, 1, TIMESTAMP '2025-11-30 19:59:59', 'guest', 9), (34, 1, TIMESTAMP '2025-11-30 20:00:00', 'guest', 9),
  (35, 1, TIMESTAMP '2025-12-30 19:59:59', 'guest', 15), (36, 1, TIMESTAMP '2025-12-30 20:00:00', 'guest', 45),
  (37, 1, TIMESTAMP '2025-12-30 20:00:01', 'guest', 45), (38, 2, TIMESTAMP '2025-12-05 12:10:00', 'guest', 200), (39, 1, TIMESTAMP '2025-12-13 12:10:40', 'guest', 10)
) AS each_talk(talk_id, guest_id, opened, by_whom, wait_min);
INSERT INTO talks SELECT talk_id, guest_id, 1, 'list', opened, NULL FROM begun;
INSERT INTO messages
SELECT talk_id * 10, talk_id, by_whom, 'greeting', 'こんばんは', 5, opened, NULL, NULL FROM begun
UNION ALL
SELECT talk_id * 10 + 2, talk_id, 'cast', 'chat', 'こちらこそ', 5, opened + to_minutes(wait_min) - to_seconds(second(opened) // 2), NULL, NULL FROM begun WHERE by_whom = 'guest' AND wait_min IS NOT NULL
UNION ALL
SELECT talk_id * 10 + 3, talk_id, 'guest', 'chat', 'はじめまして', 6, opened + to_minutes(1), NULL, NULL FROM begun WHERE by_whom = 'cast';
DROP TABLE begun;
