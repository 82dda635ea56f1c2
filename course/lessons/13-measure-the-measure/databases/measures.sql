-- Guests assigned to four measures, with talks and requests on both sides of the 14 days; some never exposed, test guests, no prefecture, uneven plans.
INSERT INTO casts VALUES
  (2, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (1, 'テスト', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, TRUE);
INSERT INTO experiments VALUES
  (1, 'list_v2', '一覧', 'List', 'guest', 'appointment_14d', DATE '2025-02-01', DATE '2025-02-28', NULL),
  (2, 'talk_prompt', '候補', 'Lines', 'guest', 'talk_14d', DATE '2025-05-01', DATE '2025-05-31', NULL),
  (3, 'welcome_coupon', '再訪', 'Coupon', 'guest', 'talk_14d', DATE '2025-08-01', DATE '2025-08-31', NULL),
  (4, 'push_timing', '通知', 'Push', 'guest', 'talk_14d', DATE '2025-11-01', DATE '2025-11-30', NULL),
  (5, 'venue_perk', '会場', 'Perks', 'area', 'request_per_talk', DATE '2025-06-01', DATE '2025-09-30', 'SHIBUYA');
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp',
       CASE WHEN id % 5 = 0 THEN NULL WHEN id % 3 = 0 THEN '東京都' WHEN id % 2 = 0 THEN '大阪府' ELSE '神奈川県' END,
       1990, NULL, NULL, CASE WHEN id % 2 = 0 THEN 'organic' ELSE 'sns_ad' END, TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id IN (7, 18, 29)
FROM range(1, 37) AS people(id);
-- measure, treated if id % mod < below, planned percent in Tokyo and elsewhere, moment
CREATE TEMP TABLE drawn AS
SELECT m.measure AS experiment_id, g.guest_id,
       CASE WHEN m.measure = 3 THEN (g.guest_id % 7 = 0) WHEN m.measure = 4 THEN (CASE WHEN g.prefecture = '東京都' THEN g.guest_id % 4 = 0 ELSE g.guest_id % 4 <> 0 END)
            ELSE (g.guest_id + m.measure) % 5 < 2 END AS treated,
       CASE WHEN m.measure = 4 THEN (CASE WHEN g.prefecture = '東京都' THEN 16 ELSE 84 END) ELSE 50 END AS percent,
       m.opens + to_hours(CAST(g.guest_id * 7 AS INTEGER)) AS assigned_at
FROM guests AS g
CROSS JOIN (VALUES (1, TIMESTAMP '2025-02-01 12:00:00'), (2, TIMESTAMP '2025-05-01 12:00:00'), (3, TIMESTAMP '2025-08-01 12:00:00'), (4, TIMESTAMP '2025-11-01 12:00:00')) AS m(measure, opens)
WHERE m.measure <> 1 OR g.guest_id <= 30;
INSERT INTO experiment_assignments
SELECT experiment_id, guest_id, CASE WHEN treated THEN 'treatment' ELSE 'control' END, assigned_at, percent,
       CASE WHEN (guest_id + experiment_id) % 6 <> 0 THEN assigned_at + INTERVAL 10 MINUTE END
FROM drawn;
-- From the assignment on, in seconds: at once, just before the end, at the end, before the assignment, weeks later; some do nothing, some twice.
CREATE TEMP TABLE done AS
SELECT row_number() OVER (ORDER BY d.experiment_id DESC, d.guest_id, x.after_s) AS id, d.experiment_id, d.guest_id, d.assigned_at + to_seconds(x.after_s) AS moment
FROM drawn AS d
JOIN (VALUES (0, 0), (1, 1209599), (2, 1209600), (3, -1), (4, 2500000), (5, 400), (6, -90000), (7, 300), (7, 500), (9, 700000), (10, 60), (11, 1209601), (8, 1252800), (12, 1166400), (13, 1252800)) AS x(kind, after_s)
  ON CASE WHEN d.treated THEN (d.guest_id * 3 + d.experiment_id + d.guest_id // 4 + 2) % 11 ELSE (d.guest_id * 7 + d.experiment_id + d.guest_id // 5) % 17 END = x.kind;
INSERT INTO talks
SELECT id, guest_id, CASE WHEN id % 3 = 0 THEN 1 ELSE 2 END, 'list', moment, NULL FROM done WHERE experiment_id <> 1;
INSERT INTO talks
SELECT 1000 + guest_id, guest_id, 2, 'list', TIMESTAMP '2025-02-01 12:00:00' + to_hours(CAST(guest_id * 7 + 20 AS INTEGER)), NULL FROM guests WHERE guest_id % 2 = 0;
INSERT INTO appointments
SELECT id, NULL, guest_id, 2, 'dinner', 'SHIBUYA', moment, moment + INTERVAL 5 DAY, 2.0, 12000, CASE WHEN id % 4 = 0 THEN 'cancelled' ELSE 'completed' END, NULL, NULL
FROM done WHERE experiment_id = 1;
DROP TABLE done;
DROP TABLE drawn;
