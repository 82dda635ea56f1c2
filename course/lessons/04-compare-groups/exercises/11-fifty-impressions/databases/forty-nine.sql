-- One cast with 49 impressions, and one with 50 of which one was sent twice; guests, sessions and algorithms change.
INSERT INTO guests
SELECT g, 'ゲスト' || g, 'g' || g || '@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE
FROM range(1, 3) AS n(g);
INSERT INTO sessions VALUES (1, 1, NULL, 'ios', '3.4.0', TIMESTAMP '2025-03-01 12:00:00', NULL);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 3) AS n(c);
INSERT INTO list_impressions
SELECT 'F' || c || '-' || i, CASE WHEN i % 4 = 0 THEN 1 END, CASE WHEN i % 4 = 0 THEN 1 ELSE 1 + i % 2 END, c, 'list', 1,
       CASE WHEN i % 4 < 2 THEN 'newest' ELSE 'popular_v1' END, i < 45,
       TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-01 12:00:00' + to_minutes(number + 1)
FROM range(1, 3) AS n(c), (SELECT number, least(number, 48) AS i FROM range(0, 50) AS m(number)) AS shown
WHERE number < 48 + c;
