-- A cast with few impressions and only clicks; two with exactly 50; equal rates; one with 50 only if searches count, and one with searches besides its 50.
INSERT INTO guests VALUES (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 7) AS n(c);
INSERT INTO list_impressions
SELECT 'A' || c || '-' || i, NULL, 1, c, 'list', 1, 'newest', i < 10 * (c - 1),
       TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i + 1)
FROM range(3, 5) AS n(c), range(0, 50) AS m(i);
INSERT INTO list_impressions
SELECT 'B' || i, NULL, 1, 1, 'list', 1, 'newest', TRUE,
       TIMESTAMP '2025-03-02 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-02 12:00:00' + to_minutes(i + 1)
FROM range(0, 3) AS m(i);
INSERT INTO list_impressions
SELECT 'C' || i, NULL, 1, 5, CASE WHEN i < 72 THEN 'list' ELSE 'search' END, 2 + i % 3, 'newest', i < 45,
       TIMESTAMP '2025-03-03 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-03 12:00:00' + to_minutes(i + 1)
FROM range(0, 75) AS m(i);
INSERT INTO list_impressions
SELECT 'D' || i, NULL, 1, 6, CASE WHEN i < 45 THEN 'list' ELSE 'search' END, 1, 'newest', i % 2 = 0,
       TIMESTAMP '2025-03-04 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-04 12:00:00' + to_minutes(i + 1)
FROM range(0, 53) AS m(i);
