-- More talks than are asked for, some at the same moment and some with a test cast; the twentieth and the next began together.
INSERT INTO casts VALUES
  (2, 'あおい', 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (1, 'れん', 'OSAKA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (3, 'テスト', 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE);
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-11-01 12:00:00', NULL, NULL, i = 2
FROM range(1, 5) AS n(i);
INSERT INTO talks
SELECT 40 - i, 1 + i % 4, 1 + i % 3, 'list', TIMESTAMP '2025-12-01 12:00:00' + to_hours(CAST(i // 2 AS INTEGER)), NULL
FROM range(1, 40) AS n(i);
INSERT INTO talks
SELECT i, 1, 1, 'push', TIMESTAMP '2025-12-01 19:00:00', NULL
FROM range(50, 54) AS n(i);
