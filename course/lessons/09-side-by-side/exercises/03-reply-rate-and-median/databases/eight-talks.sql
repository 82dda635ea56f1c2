-- Casts with seven, eight and nine talks; no reply, a reply at exactly 24 hours, one a minute earlier after 24 turns of the hour, one days later; talks that the cast began; a test guest; edges of the period.
INSERT INTO casts VALUES
  (2, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'テスト', 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-02-02 10:00:00', NULL, TRUE),
  (4, 'そら', 'SHIBUYA', 'silver', 'music', 4000, TIMESTAMP '2024-02-03 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-09-01 12:00:00', NULL, NULL, id = 3
FROM (VALUES (2), (1), (3)) AS people(id);
-- talk, guest, cast, begun at, begun by, minutes up to the first reply (blank: none)
CREATE TEMP TABLE begun AS
SELECT * FROM (VALUES
  (11, 1, 1, TIMESTAMP '2025-10-05 12:00:00', 'guest', 3), (2, 2, 1, TIMESTAMP '2025-10-06 12:00:00', 'guest', 5),
  (13, 1, 1, TIMESTAMP '2025-10-07 12:00:00', 'guest', 6), (14, 2, 1, TIMESTAMP '2025-10-08 12:00:00', 'guest', 8),
  (15, 1, 1, TIMESTAMP '2025-10-09 12:00:00', 'guest', 2880), (16, 2, 1, TIMESTAMP '2025-10-10 12:00:00', 'guest', NULL),
  (17, 1, 1, TIMESTAMP '2025-12-30 19:59:59', 'guest', NULL), (18, 2, 1, TIMESTAMP '2025-09-30 20:00:00', 'guest', 10),
  (19, 1, 1, TIMESTAMP '2025-09-30 19:59:59', 'guest', 4), (20, 2, 1, TIMESTAMP '2025-12-30 20:00:00', 'guest', 4),
  (21, 1, 1, TIMESTAMP '2025-10-11 12:00:00', 'cast', 0), (22, 3, 1, TIMESTAMP '2025-10-12 12:00:00', 'guest', 1),
  (31, 1, 2, TIMESTAMP '2025-11-05 12:00:00', 'guest', 1440), (32, 2, 2, TIMESTAMP '2025-11-06 12:30:00', 'guest', 1439),
  (33, 1, 2, TIMESTAMP '2025-11-07 12:00:00', 'guest', 20), (34, 2, 2, TIMESTAMP '2025-11-08 12:00:00', 'guest', 20),
  (35, 1, 2, TIMESTAMP '2025-11-09 12:00:00', 'guest', 30), (36, 2, 2, TIMESTAMP '2025-11-10 12:00:00', 'guest', 40),
  (37, 1, 2, TIMESTAMP '2025-11-11 12:00:00', 'guest', 50), (38, 2, 2, TIMESTAMP '2025-11-12 12:00:00', 'guest', 60),
  (39, 1, 2, TIMESTAMP '2025-11-13 12:00:00', 'guest', NULL),
  (41, 1, 3, TIMESTAMP '2025-11-05 13:00:00', 'guest', 7), (42, 2, 3, TIMESTAMP '2025-11-06 13:00:00', 'guest', 7),
  (43, 1, 3, TIMESTAMP '2025-11-07 13:00:00', 'guest', 7), (44, 2, 3, TIMESTAMP '2025-11-08 13:00:00', 'guest', 7),
  (45, 1, 3, TIMESTAMP '2025-11-09 13:00:00', 'guest', 7), (46, 2, 3, TIMESTAMP '2025-11-10 13:00:00', 'guest', 7),
  (47, 1, 3, TIMESTAMP '2025-11-11 13:00:00', 'guest', 7), (48, 2, 3, TIMESTAMP '2025-11-12 13:00:00', 'guest', 8),
  (51, 1, 4, TIMESTAMP '2025-11-05 14:00:00', 'guest', 2), (52, 2, 4, TIMESTAMP '2025-11-06 14:00:00', 'guest', 2),
  (53, 1, 4, TIMESTAMP '2025-11-07 14:00:00', 'guest', 2), (54, 2, 4, TIMESTAMP '2025-11-08 14:00:00', 'guest', 2),
  (55, 1, 4, TIMESTAMP '2025-11-09 14:00:00', 'guest', 2), (56, 2, 4, TIMESTAMP '2025-11-10 14:00:00', 'guest', 2),
  (57, 1, 4, TIMESTAMP '2025-11-11 14:00:00', 'guest', 2)
) AS each_talk(talk_id, guest_id, cast_id, opened, by_whom, wait_min);
INSERT INTO talks SELECT talk_id, guest_id, cast_id, 'list', opened, NULL FROM begun;
INSERT INTO messages
SELECT talk_id * 10, talk_id, by_whom, 'greeting', 'こんばんは', 5, opened, NULL, NULL FROM begun
UNION ALL
SELECT talk_id * 10 + 2, talk_id, 'cast', 'chat', 'こちらこそ', 5, opened + to_minutes(wait_min), NULL, NULL FROM begun WHERE by_whom = 'guest' AND wait_min IS NOT NULL
UNION ALL
SELECT talk_id * 10 + 3, talk_id, 'cast', 'chat', 'お元気ですか', 6, opened + to_minutes(wait_min + 90), NULL, NULL FROM begun WHERE wait_min IS NOT NULL
UNION ALL
SELECT talk_id * 10 + 1, talk_id, 'guest', 'chat', 'はじめまして', 6, opened + to_minutes(1), NULL, NULL FROM begun WHERE talk_id % 2 = 1;
DROP TABLE begun;
