-- More guests than the thirty asked for, two at each moment and three at the newest, so that the thirtieth is tied; on both sides of five o'clock.
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', NULL, NULL, NULL, NULL, NULL,
       TIMESTAMP '2025-12-01 18:00:00' + to_minutes(15 * (i % 17)), NULL, NULL, FALSE
FROM (SELECT i FROM range(1, 35) AS n(i) UNION ALL SELECT 50) AS numbers(i);
