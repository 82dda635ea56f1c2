-- In Tokyo three guests in control and seven in treatment: the difference of the rounded rates is another than the rounded difference; one guest is in a later experiment as well.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO experiments VALUES (4, 'push_timing', '通知', 'Push', 'guest', 'talk_14d', DATE '2025-11-01', DATE '2025-11-30', NULL);
INSERT INTO experiments VALUES (5, 'list_order', '一覧', 'List', 'guest', 'talk_14d', DATE '2025-12-01', DATE '2025-12-30', NULL);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', CASE WHEN id <= 10 THEN '東京都' WHEN id <= 13 THEN '大阪府' END,
       1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, FALSE
FROM range(1, 16) AS people(id);
INSERT INTO experiment_assignments
SELECT 4, guest_id, CASE WHEN guest_id <= 3 OR guest_id IN (11, 14) THEN 'control' ELSE 'treatment' END, TIMESTAMP '2025-11-02 12:00:00',
       CASE WHEN guest_id <= 10 THEN 16 ELSE 84 END, NULL
FROM guests;
INSERT INTO experiment_assignments VALUES (5, 1, 'treatment', TIMESTAMP '2025-12-02 12:00:00', 50, NULL);
INSERT INTO talks
SELECT guest_id, guest_id, 1, 'list', TIMESTAMP '2025-11-04 12:00:00', NULL
FROM guests WHERE guest_id IN (1, 4, 6, 9, 12, 14, 15);
