-- The treatment does worse: two of three guests in control talk, two of six in treatment. The difference of the rounded rates is another than the rounded difference.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO experiments VALUES (2, 'talk_prompt', '候補', 'Lines', 'guest', 'talk_14d', DATE '2025-05-01', DATE '2025-05-31', NULL);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', NULL, 1990, NULL, NULL, 'organic', TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, FALSE
FROM range(1, 10) AS people(id);
INSERT INTO experiment_assignments
SELECT 2, guest_id, CASE WHEN guest_id <= 3 THEN 'control' ELSE 'treatment' END, TIMESTAMP '2025-05-02 12:00:00', 50, NULL
FROM guests;
INSERT INTO talks
SELECT guest_id, guest_id, 1, 'list', TIMESTAMP '2025-05-04 12:00:00', NULL
FROM guests WHERE guest_id IN (1, 3, 4, 9);
