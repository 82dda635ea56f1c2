-- Every area with every grade, active and retired, test accounts among them; ids follow neither area nor grade.
INSERT INTO casts
SELECT id,
       'キャスト' || id % 9,
       CASE id % 5 WHEN 0 THEN 'SHIBUYA' WHEN 1 THEN 'SHINJUKU' WHEN 2 THEN 'YOKOHAMA' WHEN 3 THEN 'GINZA' ELSE 'OSAKA' END,
       CASE id // 5 % 4 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' WHEN 2 THEN 'standard' ELSE 'vip' END,
       'music',
       3000 + id % 7 * 1000,
       TIMESTAMP '2024-02-01 12:00:00' + to_hours(id),
       CASE WHEN id // 20 % 3 = 1 THEN TIMESTAMP '2025-06-01 12:00:00' + to_hours(id) END,
       id % 13 = 0
FROM (SELECT CAST(i * 37 % 97 AS INTEGER) AS id FROM range(1, 97) AS n(i)) AS numbers;
