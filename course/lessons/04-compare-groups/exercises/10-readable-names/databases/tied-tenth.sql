-- Twelve casts, the last four of whom have the same click rate: the tenth place is tied.
INSERT INTO guests VALUES (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 13) AS n(c);
INSERT INTO list_impressions
SELECT 'T' || c || '-' || i, NULL, 1, c, 'list', 1 + i % 3, 'newest', i < greatest(c, 4),
       TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i + 1)
FROM (SELECT 13 - n AS c FROM range(1, 13) AS numbers(n)) AS shown, range(0, 16) AS m(i);
