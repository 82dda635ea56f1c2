-- Guests with two to six talks from favorites and others between, in no order; their messages come in another order.
INSERT INTO casts VALUES
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'れん', 'SHIBUYA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE
FROM range(1, 8) AS n(i);
INSERT INTO talks
SELECT id, 1 + id % 7, 1 + id % 2, CASE WHEN id % 5 = 0 THEN 'list' WHEN id % 7 = 3 AND id > 20 THEN NULL ELSE 'favorite' END, TIMESTAMP '2025-02-01 12:00:00' + to_hours((40 - id) // 3), NULL
FROM (SELECT i * 17 % 37 AS id FROM range(1, 37) AS n(i)) AS numbers;
INSERT INTO messages
SELECT 100 + id, id, 'guest', 'chat', 'こんばんは', 5, TIMESTAMP '2025-02-03 12:00:00' + to_minutes(id % 5), NULL, NULL
FROM (SELECT i * 11 % 37 AS id FROM range(1, 37) AS n(i)) AS numbers;
