-- More guests than any LIMIT, in no order; equal registration times; blanks and test accounts mixed in.
INSERT INTO guests
SELECT id,
       'ゲスト' || id % 7,
       CASE WHEN id % 6 = 0 THEN NULL ELSE 'g' || id || '@example.jp' END,
       CASE id % 4 WHEN 0 THEN NULL WHEN 3 THEN '大阪府' ELSE '東京都' END,
       CASE WHEN id % 5 = 0 THEN NULL ELSE 1960 + id % 45 END,
       NULL,
       CASE WHEN id % 5 < 2 THEN NULL ELSE 'music' END,
       CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN 'organic' ELSE 'sns_ad' END,
       TIMESTAMP '2025-02-01 12:00:00' + to_hours((id * 7) % 23),
       CASE WHEN id % 2 = 0 THEN NULL ELSE TIMESTAMP '2025-03-01 12:00:00' + to_hours((id * 5) % 31) END,
       CASE WHEN id % 6 = 0 THEN TIMESTAMP '2025-06-01 12:00:00' END,
       id % 11 = 0
FROM (SELECT CAST(i * 37 % 97 AS INTEGER) AS id FROM range(1, 97) AS n(i)) AS numbers;
