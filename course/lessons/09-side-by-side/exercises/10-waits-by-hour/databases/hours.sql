-- Hours on both sides of midnight, of 05:00 and of 09:00 Japan time, replies in another hour, replies at 60 and 61 minutes, talks without a reply and an hour with no other, talks begun by the cast, of a test guest.
INSERT INTO casts VALUES
  (2, 'テスト', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, TRUE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id = 3
FROM (VALUES (2), (1), (3)) AS people(id);
-- talk, guest, cast, begun at, begun by, minutes up to the first reply (blank: none)
CREATE TEMP TABLE begun AS
SELECT * FROM (VALUES
  (12, 1, 1, TIMESTAMP '2025-03-05 12:10:00', 'guest', 3), (2, 2, 1, TIMESTAMP '2025-03-06 12:20:00', 'guest', 5),
  (13, 1, 1, TIMESTAMP '2025-03-07 12:30:00', 'guest', 6), (14, 2, 2, TIMESTAMP '2025-03-08 12:40:00', 'guest', 8),
  (15, 1, 1, TIMESTAMP '2025-03-09 12:50:00', 'guest', 2880), (16, 2, 1, TIMESTAMP '2025-03-10 12:50:00', 'guest', NULL),
  (17, 1, 1, TIMESTAMP '2025-03-11 12:55:00', 'guest', NULL),
  (21, 1, 1, TIMESTAMP '2025-03-05 15:10:00', 'guest', 20), (22, 2, 1, TIMESTAMP '2025-03-06 15:59:59', 'guest', 30),
  (23, 1, 1, TIMESTAMP '2025-03-07 19:30:00', 'guest', 40), (24, 2, 1, TIMESTAMP '2025-03-08 20:00:00', 'guest', 5),
  (25, 1, 1, TIMESTAMP '2025-03-09 19:59:59', 'guest', 70), (26, 2, 1, TIMESTAMP '2025-03-10 02:00:00', 'guest', 100),
  (27, 1, 1, TIMESTAMP '2025-03-11 02:10:00', 'guest', 120), (28, 2, 1, TIMESTAMP '2025-03-12 02:20:00', 'guest', NULL),
  (31, 1, 1, TIMESTAMP '2025-03-05 12:15:00', 'cast', 0), (32, 3, 1, TIMESTAMP '2025-03-05 12:15:00', 'guest', 1),
  (33, 1, 1, TIMESTAMP '2024-12-31 19:59:59', 'guest', 9), (34, 1, 1, TIMESTAMP '2024-12-31 20:00:00', 'guest', 9),
  (35, 1, 1, TIMESTAMP '2025-12-30 19:59:59', 'guest', 9), (36, 1, 1, TIMESTAMP '2025-12-30 20:00:00', 'guest', 11),
  (37, 2, 1, TIMESTAMP '2025-03-13 06:00:00', 'guest', NULL),
  (40, 1, 1, TIMESTAMP '2025-03-15 11:00:00', 'guest', 60), (41, 2, 1, TIMESTAMP '2025-03-16 11:00:00', 'guest', 61), (42, 1, 1, TIMESTAMP '2025-03-17 11:00:00', 'guest', NULL),
  (38, 1, 1, TIMESTAMP '2025-03-14 07:00:40', 'guest', NULL), (39, 1, 1, TIMESTAMP '2025-12-30 21:00:00', 'guest', 13)
) AS each_talk(talk_id, guest_id, cast_id, opened, by_whom, wait_min);
INSERT INTO talks SELECT talk_id, guest_id, cast_id, 'list', opened, NULL FROM begun;
INSERT INTO messages
SELECT talk_id * 10, talk_id, by_whom, 'greeting', 'こんばんは', 5, opened, NULL, NULL FROM begun
UNION ALL
SELECT talk_id * 10 + 2, talk_id, 'cast', 'chat', 'こちらこそ', 5, opened + to_minutes(wait_min), NULL, NULL FROM begun WHERE by_whom = 'guest' AND wait_min IS NOT NULL
UNION ALL
SELECT talk_id * 10 + 3, talk_id, 'cast', 'chat', 'お元気ですか', 6, opened + to_minutes(wait_min + 90), NULL, NULL FROM begun WHERE wait_min IS NOT NULL;
-- Two minutes and forty seconds that are three minutes on the clock.
INSERT INTO messages VALUES (383, 38, 'cast', 'chat', 'こちらこそ', 5, TIMESTAMP '2025-03-14 07:03:20', NULL, NULL);
DROP TABLE begun;
