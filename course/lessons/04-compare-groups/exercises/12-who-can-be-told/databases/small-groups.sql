-- Groups of 1, 4, 5 and 6, each with blanks in one of the three columns, too; a test account makes a 4 a 5.
INSERT INTO guests
SELECT row_number() OVER (ORDER BY g.nr, k.k), 'ゲスト' || g.nr || '-' || k.k, NULL, g.prefecture, g.birth_year + CAST(k.k % 4 AS SMALLINT), g.gender, NULL, NULL, TIMESTAMP '2025-09-01 12:00:00', NULL, TIMESTAMP '2025-10-01 12:00:00', g.is_test
FROM (VALUES (1, '東京都', 1986, 'female', 6, FALSE), (2, '東京都', 1986, 'male', 5, FALSE), (3, '東京都', 1986, NULL, 4, FALSE), (4, '大阪府', 1976, 'other', 1, FALSE),
             (5, NULL, 1986, 'female', 3, FALSE), (6, '京都府', NULL, 'female', 2, FALSE), (7, '京都府', NULL, 'male', 6, FALSE), (8, '福岡県', 1966, 'male', 4, FALSE), (9, '福岡県', 1966, 'male', 1, TRUE)) AS g(nr, prefecture, birth_year, gender, many, is_test)
JOIN range(0, 6) AS k(k) ON k.k < g.many;
