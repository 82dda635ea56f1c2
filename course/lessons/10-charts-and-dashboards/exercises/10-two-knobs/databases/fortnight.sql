-- Talks in two areas at the ends of the fortnight and of days, days without any, a guest who talks twice, a test guest, a test cast, a guest who left everything blank and then the site.
INSERT INTO casts VALUES
  (3, 'あおい', 'SHINJUKU', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (1, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (2, 'テスト', 'SHINJUKU', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, TRUE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id = 3
FROM (VALUES (2), (1), (3), (4)) AS people(id);
INSERT INTO talks
SELECT id, guest_id, cast_id, 'list', opened, NULL
FROM (VALUES
  (9, 1, 3, TIMESTAMP '2025-12-07 19:59:59'), (2, 1, 3, TIMESTAMP '2025-12-07 20:00:00'), (3, 1, 2, TIMESTAMP '2025-12-08 12:00:00'),
  (4, 2, 3, TIMESTAMP '2025-12-08 13:00:00'), (5, 3, 3, TIMESTAMP '2025-12-08 14:00:00'), (6, 4, 1, TIMESTAMP '2025-12-08 15:00:00'),
  (7, 4, 3, TIMESTAMP '2025-12-10 15:30:00'), (8, 2, 3, TIMESTAMP '2025-12-11 22:30:00'), (10, 1, 3, TIMESTAMP '2025-12-12 12:00:00'),
  (11, 2, 3, TIMESTAMP '2025-12-12 12:30:00'), (12, 4, 3, TIMESTAMP '2025-12-12 19:30:00'), (13, 1, 3, TIMESTAMP '2025-12-21 19:59:59'),
  (14, 2, 3, TIMESTAMP '2025-12-21 20:00:00'), (16, 1, 1, TIMESTAMP '2025-06-05 19:59:59'), (17, 1, 1, TIMESTAMP '2025-06-05 20:00:00'),
  (18, 2, 1, TIMESTAMP '2025-06-19 19:59:59'), (19, 4, 1, TIMESTAMP '2025-06-19 20:00:00'), (20, 2, 1, TIMESTAMP '2025-06-21 12:00:00'), (23, 4, 1, TIMESTAMP '2025-06-09 15:00:00'), (15, 2, 3, TIMESTAMP '2025-12-24 12:00:00')
) AS begun(id, guest_id, cast_id, opened);
INSERT INTO guests VALUES (5, 'けん', NULL, NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2024-09-01 12:00:00', NULL, TIMESTAMP '2025-12-28 12:00:00', FALSE);
INSERT INTO talks VALUES (21, 5, 3, NULL, TIMESTAMP '2025-12-15 12:00:00', NULL), (22, 5, 3, 'push', TIMESTAMP '2025-12-15 13:00:00', TIMESTAMP '2025-12-15 14:00:00');
