-- More sessions of every version than any LIMIT, in no order, on every platform.
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, i % 9 = 0
FROM range(90, 104) AS n(i);
INSERT INTO sessions
SELECT id, 90 + id % 14, NULL,
       CASE WHEN id % 12 = 11 THEN 'web' WHEN id % 3 = 0 THEN 'android' ELSE 'ios' END,
       CASE id % 12 WHEN 0 THEN '3.4.0' WHEN 1 THEN '3.4.1' WHEN 2 THEN '3.5.0' WHEN 3 THEN '3.5.2' WHEN 4 THEN '3.40.0'
                    WHEN 5 THEN '3.50.1' WHEN 6 THEN '13.4.1' WHEN 7 THEN '4.0.0' WHEN 8 THEN '3.4.2' WHEN 9 THEN '3.6.0'
                    WHEN 10 THEN '3.5.1' END,
       TIMESTAMP '2025-02-01 12:00:00' + to_minutes(id), NULL
FROM (SELECT i * 97 % 211 AS id FROM range(1, 211) AS n(i)) AS numbers;
