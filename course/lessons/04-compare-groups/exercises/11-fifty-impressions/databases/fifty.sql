-- Casts with 49 to 60 impressions; exactly 50 once; equal rates across the tenth place.
INSERT INTO areas VALUES ('SHIBUYA', '渋谷', 'Shibuya', '首都圏');
INSERT INTO recommender_releases VALUES ('newest', TIMESTAMP '2024-01-01 00:00:00', NULL, NULL, NULL);
INSERT INTO guests VALUES (1, 'はる', NULL, '東京都', 1990, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'SHIBUYA', 'gold', 'music', 5000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 19) AS n(c);
INSERT INTO list_impressions
SELECT 'L' || c || '-' || i, NULL, 1, c, 'list', 1 + i % 5, 'newest', i % (3 + c % 3) = 0,
       TIMESTAMP '2025-02-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-02-01 12:00:00' + to_minutes(i + 1)
FROM range(1, 19) AS n(c), range(0, 60) AS m(i)
WHERE i < 48 + c;
INSERT INTO list_impressions
SELECT 'S' || c || '-' || i, NULL, 1, c, 'search', 1 + i % 3, 'newest', i % 2 = 0,
       TIMESTAMP '2025-02-02 12:00:00' + to_minutes(i), TIMESTAMP '2025-02-02 12:00:00' + to_minutes(i + 1)
FROM range(1, 6) AS n(c), range(0, 12) AS m(i);
