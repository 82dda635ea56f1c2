-- Eleven casts with 50 impressions or a few more, the last three never clicked, and not in the order of their impressions; one shown three times and always clicked; one with more than 50 clicks.
INSERT INTO guests VALUES (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 14) AS n(c);
INSERT INTO list_impressions
SELECT 'E' || c || '-' || i, NULL, 1, c, 'list', 1, 'newest', c < 9 AND i < 5 * c,
       TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-01 12:00:00' + to_minutes(i + 1)
FROM range(1, 12) AS n(c), range(0, 52) AS m(i)
WHERE i < 50 + [1, 0, 2][c % 3 + 1];
INSERT INTO list_impressions
SELECT 'G' || c || '-' || i, NULL, 1, c, 'list', 1, 'newest', i < 55,
       TIMESTAMP '2025-03-02 12:00:00' + to_minutes(i), TIMESTAMP '2025-03-02 12:00:00' + to_minutes(i + 1)
FROM range(12, 14) AS n(c), range(0, 60) AS m(i)
WHERE i < CASE WHEN c = 12 THEN 3 ELSE 60 END;
