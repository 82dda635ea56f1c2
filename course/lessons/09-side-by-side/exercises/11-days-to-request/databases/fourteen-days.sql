-- Requests at the first talk, after 13 and a half days, at exactly fourteen; 72 minutes that are one second short; first talks on both sides of the last that was watched.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE
FROM (VALUES (2), (1), (4), (3), (5), (6)) AS people(id);
-- guest, first talk, seconds up to the request (blank: none)
CREATE TEMP TABLE begun AS
SELECT * FROM (VALUES
  (1, TIMESTAMP '2025-05-10 12:00:00', 1209600), (2, TIMESTAMP '2025-06-12 12:00:00', 1166400), (3, TIMESTAMP '2025-07-10 12:00:59', 4261),
  (4, TIMESTAMP '2025-12-17 20:00:00', 0), (5, TIMESTAMP '2025-12-17 19:30:00', NULL), (6, TIMESTAMP '2025-12-17 20:00:01', 60)
) AS each_guest(guest_id, opened, wait_s);
INSERT INTO talks SELECT guest_id * 10, guest_id, 1, 'list', opened, NULL FROM begun;
INSERT INTO appointments
SELECT guest_id * 100, guest_id * 10, guest_id, 1, 'bar', 'SHIBUYA', opened + to_seconds(wait_s), opened + to_seconds(wait_s) + INTERVAL 2 DAY, 2.0, 6000, 'declined', NULL, NULL
FROM begun WHERE wait_s IS NOT NULL;
DROP TABLE begun;
