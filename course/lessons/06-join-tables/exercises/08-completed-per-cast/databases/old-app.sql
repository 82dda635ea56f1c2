-- An appointment of December that came from the old app, without a talk; another with one.
INSERT INTO guests VALUES (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-11-01 12:00:00', NULL, NULL, FALSE);
INSERT INTO casts
SELECT c, 'キャスト' || c, 'SHIBUYA', 'gold', 'golf', 6000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM range(1, 3) AS n(c);
INSERT INTO talks VALUES (1, 1, 1, 'list', TIMESTAMP '2025-12-05 12:00:00', NULL);
INSERT INTO appointments VALUES
  (1, 1, 1, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-12-06 12:00:00', TIMESTAMP '2025-12-07 20:00:00', 2.0, 12000, 'completed', NULL, 4),
  (2, NULL, 1, 2, 'dinner', 'SHIBUYA', TIMESTAMP '2025-12-08 12:00:00', TIMESTAMP '2025-12-09 20:00:00', 2.0, 12000, 'completed', NULL, NULL);
