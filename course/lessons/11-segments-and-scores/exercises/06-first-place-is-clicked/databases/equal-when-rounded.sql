-- Casts 1 and 2 have lifts that differ before rounding (0.9656, 0.9660) and are equal after it (0.966); the smaller cast_id has the smaller one.
INSERT INTO casts
SELECT c, 'キャスト' || c, 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00', NULL, FALSE
FROM (VALUES (3), (1), (2)) AS n(c);
INSERT INTO guests VALUES (1, 'ゲスト1', 'g1@example.jp', NULL, 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO list_impressions
SELECT 'A' || cast_id || '-' || i, NULL, 1, cast_id, 'list', 1, 'popular_v1', i < clicks, TIMESTAMP '2025-07-05 12:00:00' + to_minutes(i * 30 + cast_id),
       TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES (1, 8, 2), (2, 5, 1), (3, 10, 5)) AS shown(cast_id, imps, clicks), range(0, 10) AS number(i)
WHERE i < imps;
