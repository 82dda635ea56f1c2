-- A third and two thirds of the week before; a week ago without a talk.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO talks
SELECT row_number() OVER (ORDER BY begun, copy), 1, 1, 'list', begun, NULL
FROM (VALUES
  (TIMESTAMP '2025-06-02 12:00:00', 3), (TIMESTAMP '2025-06-09 12:00:00', 1), (TIMESTAMP '2025-06-04 12:00:00', 3), (TIMESTAMP '2025-06-11 12:00:00', 2),
  (TIMESTAMP '2025-06-18 16:00:00', 1)
) AS days(begun, n), range(n) AS copies(copy);
