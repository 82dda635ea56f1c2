-- A list of twenty-five places, the lower ones shown less often.
INSERT INTO guests VALUES (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts VALUES (1, 'あおい', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE);
INSERT INTO list_impressions
SELECT 'P' || place || '-' || i, NULL, 1, 1, 'list', place, 'newest', i = 0 AND place % 3 = 1,
       TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i + 1)
FROM range(0, 4) AS m(i), (SELECT 26 - n AS place FROM range(1, 26) AS numbers(n)) AS places
WHERE i < 2 + place % 2;
