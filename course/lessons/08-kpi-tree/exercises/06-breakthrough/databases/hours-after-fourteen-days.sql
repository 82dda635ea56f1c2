-- Asked some hours after the fourteen days were over, and at their very end; a third guest in time.
INSERT INTO guests
SELECT g, 'ゲスト' || g, 'g' || g || '@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-11-01 12:00:00', NULL, NULL, FALSE
FROM range(1, 4) AS n(g);
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'golf', 6000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE);
INSERT INTO talks
SELECT g, g, 1, 'list', TIMESTAMP '2025-11-05 03:00:00', NULL FROM range(1, 4) AS n(g);
INSERT INTO appointments
SELECT g, g, g, 1, 'dinner', 'SHIBUYA', asked, asked + INTERVAL 40 HOUR, 2.0, 12000, 'requested', NULL, NULL
FROM (VALUES (1, TIMESTAMP '2025-11-19 09:00:00'), (2, TIMESTAMP '2025-11-19 03:00:00'), (3, TIMESTAMP '2025-11-18 03:00:00')) AS n(g, asked);
