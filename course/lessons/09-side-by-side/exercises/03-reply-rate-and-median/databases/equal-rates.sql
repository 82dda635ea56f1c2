-- Equal rates whose medians and talks run against the cast's number, a lower one behind; half minutes; two talks at one moment; unlike second replies; a first guest of the company.
INSERT INTO casts VALUES
  (6, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (5, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (7, 'そら', 'SHIBUYA', 'silver', 'music', 4000, TIMESTAMP '2024-02-03 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-09-01 12:00:00', NULL, NULL, id = 1
FROM (VALUES (2), (1), (3)) AS people(id);
-- first talk, talks, guest, cast, begun at, days between two, seconds up to the reply (blank: none)
CREATE TEMP TABLE begun AS
SELECT first_talk + copy AS talk_id, guest_id, cast_id, opened + to_days(CAST(copy * days_between AS INTEGER)) AS opened, wait_s
FROM (VALUES
  (10, 8, 2, 6, TIMESTAMP '2025-10-05 12:00:40', 1, 150), (20, 9, 2, 5, TIMESTAMP '2025-10-05 12:00:40', 1, 630),
  (30, 1, 1, 5, TIMESTAMP '2025-10-06 12:00:00', 1, NULL), (40, 4, 3, 7, TIMESTAMP '2025-10-05 12:00:00', 1, 60),
  (50, 1, 2, 7, TIMESTAMP '2025-10-05 12:00:00', 1, NULL), (60, 3, 2, 7, TIMESTAMP '2025-11-05 12:00:00', 1, NULL),
  (70, 1, 2, 7, TIMESTAMP '2025-12-30 20:00:01', 1, 60)
) AS runs(first_talk, n, guest_id, cast_id, opened, days_between, wait_s), range(n) AS copies(copy);
INSERT INTO talks SELECT talk_id, guest_id, cast_id, 'list', opened, NULL FROM begun;
INSERT INTO messages
SELECT talk_id * 10, talk_id, 'guest', 'greeting', 'こんばんは', 5, opened, NULL, NULL FROM begun
UNION ALL
SELECT talk_id * 10 + 1, talk_id, 'cast', 'chat', 'こちらこそ', 5, opened + to_seconds(wait_s), NULL, NULL FROM begun WHERE wait_s IS NOT NULL
UNION ALL
SELECT talk_id * 10 + 2, talk_id, 'cast', 'stamp', NULL, 0, opened + to_seconds(wait_s + 60), opened + to_seconds(wait_s + 120), opened + to_seconds(wait_s + 180)
FROM begun WHERE wait_s IS NOT NULL;
DROP TABLE begun;
