-- A ring on one device, which someone joins late, and families on others; a second user on, and just after, the day of scoring; points from 0 to 6, with and
-- without reviews; second scorings; reinstalled apps; talks at exactly 48 hours; chargebacks before, on and after the day of scoring; test guests.
INSERT INTO casts VALUES
  (2, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
-- guest, channel, registered, device first seen, scored on, label, talks in 48 hours, test
CREATE TEMP TABLE people AS
SELECT * FROM (VALUES
  (1, NULL, TIMESTAMP '2025-03-03 12:00:00', 'd1', TIMESTAMP '2025-03-03 12:01:00', DATE '2025-03-10', 'fraud', 3, FALSE),
  (4, 'organic', TIMESTAMP '2025-03-03 12:15:00', 'd1', TIMESTAMP '2025-03-03 12:16:00', DATE '2025-03-10', NULL, 0, FALSE),
  (2, 'organic', TIMESTAMP '2025-03-03 12:05:00', 'd1', TIMESTAMP '2025-03-03 12:06:00', DATE '2025-03-10', 'fraud', 1, FALSE),
  (3, 'sns_ad', TIMESTAMP '2025-03-03 12:10:00', 'd1', TIMESTAMP '2025-03-03 12:11:00', DATE '2025-03-10', 'fraud', 4, FALSE),
  (5, 'organic', TIMESTAMP '2025-03-03 13:00:00', 'd5', TIMESTAMP '2025-03-03 13:01:00', DATE '2025-03-10', 'ok', 0, FALSE),
  (6, 'referral', TIMESTAMP '2025-03-10 19:50:00', 'd5', TIMESTAMP '2025-03-10 19:59:59', DATE '2025-03-17', 'ok', 1, FALSE),
  (7, 'organic', TIMESTAMP '2025-03-03 14:00:00', 'd7', TIMESTAMP '2025-03-03 14:01:00', DATE '2025-03-10', 'ok', 0, FALSE),
  (8, 'organic', TIMESTAMP '2025-03-10 20:00:00', 'd7', TIMESTAMP '2025-03-10 20:00:00', DATE '2025-03-18', NULL, 0, FALSE),
  (9, NULL, TIMESTAMP '2025-03-04 12:00:00', 'd9', TIMESTAMP '2025-03-04 12:01:00', DATE '2025-03-11', 'fraud', 3, FALSE),
  (10, NULL, TIMESTAMP '2025-03-04 13:00:00', 'd10', TIMESTAMP '2025-03-04 13:01:00', DATE '2025-03-11', 'ok', 0, FALSE),
  (11, 'search_ad', TIMESTAMP '2025-03-04 14:00:00', 'd11', TIMESTAMP '2025-03-04 14:01:00', DATE '2025-03-11', 'ok', 3, FALSE),
  (12, 'search_ad', TIMESTAMP '2025-03-04 15:00:00', 'd12', TIMESTAMP '2025-03-04 15:01:00', DATE '2025-03-11', 'ok', 2, FALSE),
  (13, 'organic', TIMESTAMP '2025-03-05 12:00:00', 'd13', TIMESTAMP '2025-03-05 12:01:00', DATE '2025-03-12', 'fraud', 0, FALSE),
  (14, 'organic', TIMESTAMP '2025-03-05 13:00:00', 'd14', TIMESTAMP '2025-03-05 13:01:00', DATE '2025-03-12', 'ok', 0, FALSE),
  (15, 'organic', TIMESTAMP '2025-03-05 14:00:00', 'd15', TIMESTAMP '2025-03-05 14:01:00', DATE '2025-03-12', NULL, 0, FALSE),
  (16, NULL, TIMESTAMP '2025-03-05 15:00:00', 'd16', TIMESTAMP '2025-03-05 15:01:00', DATE '2025-03-12', 'fraud', 3, TRUE),
  (17, 'organic', TIMESTAMP '2025-03-05 16:00:00', 'd16', TIMESTAMP '2025-03-05 16:01:00', DATE '2025-03-12', 'ok', 0, TRUE),
  (18, 'organic', TIMESTAMP '2025-03-06 12:00:00', 'd18', TIMESTAMP '2025-03-06 12:01:00', DATE '2025-03-13', 'ok', 0, FALSE),
  (19, NULL, TIMESTAMP '2025-03-06 13:00:00', 'd19', TIMESTAMP '2025-03-06 13:01:00', DATE '2025-03-13', NULL, 4, FALSE),
  (20, 'organic', TIMESTAMP '2025-03-06 14:00:00', 'd20', TIMESTAMP '2025-03-06 14:01:00', DATE '2025-03-13', 'ok', 0, FALSE),
  (21, 'organic', TIMESTAMP '2025-03-06 15:00:00', 'd21', TIMESTAMP '2025-03-06 15:01:00', DATE '2025-03-13', 'fraud', 0, FALSE),
  (22, 'organic', TIMESTAMP '2025-03-06 16:00:00', 'd22', TIMESTAMP '2025-03-06 16:01:00', DATE '2025-03-13', 'fraud', 0, FALSE),
  (23, 'organic', TIMESTAMP '2025-03-06 17:00:00', 'd23', TIMESTAMP '2025-03-06 17:01:00', DATE '2025-03-13', 'ok', 0, FALSE),
  (24, 'organic', TIMESTAMP '2025-03-06 18:00:00', 'd24', TIMESTAMP '2025-03-06 18:01:00', DATE '2025-03-13', 'ok', 0, FALSE),
  (25, 'organic', TIMESTAMP '2025-03-07 12:00:00', 'd25', TIMESTAMP '2025-03-07 12:01:00', DATE '2025-03-14', 'ok', 3, FALSE),
  (26, 'referral', TIMESTAMP '2025-03-07 13:00:00', 'd25', TIMESTAMP '2025-03-20 13:01:00', DATE '2025-03-14', 'ok', 3, FALSE),
  (27, 'referral', TIMESTAMP '2025-03-07 14:00:00', 'd27', TIMESTAMP '2025-03-07 14:01:00', DATE '2025-03-14', 'ok', 0, FALSE)
) AS each_guest(guest_id, channel, registered, device, seen, scored_on, label, talks, test);
INSERT INTO guests
SELECT guest_id, 'ゲスト' || guest_id, 'g' || guest_id || '@example.jp', CASE WHEN guest_id <> 11 THEN '東京都' END, CASE WHEN guest_id <> 25 THEN 1990 END, NULL, NULL,
       channel, registered, NULL, NULL, test FROM people;
INSERT INTO guest_devices SELECT guest_id, device, 'ios', seen, greatest(seen, TIMESTAMP '2025-04-01 12:00:00') FROM people;
INSERT INTO guest_devices VALUES
  (2, 'd2', 'ios', TIMESTAMP '2025-03-04 12:00:00', TIMESTAMP '2025-04-01 12:00:00'),
  (1, 'd2', 'ios', TIMESTAMP '2025-03-04 12:30:00', TIMESTAMP '2025-04-01 12:00:00'),
  (18, 'd18', 'ios', TIMESTAMP '2025-04-02 12:00:00', TIMESTAMP '2025-05-01 12:00:00'),
  (5, 'd5', 'ios', TIMESTAMP '2025-04-02 12:00:00', TIMESTAMP '2025-05-01 12:00:00'),
  (24, 'd23', 'ios', TIMESTAMP '2025-03-07 12:00:00', TIMESTAMP '2025-04-01 12:00:00'),
  (27, 'd1', 'ios', TIMESTAMP '2025-05-02 12:00:00', TIMESTAMP '2025-05-02 13:00:00'),
  (17, 'd27', 'ios', TIMESTAMP '2025-06-02 12:00:00', TIMESTAMP '2025-06-02 13:00:00');
INSERT INTO talks
SELECT row_number() OVER (ORDER BY guest_id, copy), guest_id, 1 + copy % 2, CASE WHEN guest_id <> 9 THEN 'list' END, registered + to_minutes(CAST(10 * (copy + 1) AS INTEGER)), NULL
FROM people, range(talks) AS copies(copy);
INSERT INTO talks VALUES (101, 12, 1, 'list', TIMESTAMP '2025-03-06 15:00:00', NULL), (102, 15, 1, 'list', TIMESTAMP '2025-03-20 12:00:00', NULL);
INSERT INTO fraud_scores SELECT guest_id, scored_on, 200 + guest_id, 'rules_1', label FROM people;
INSERT INTO fraud_scores VALUES
  (20, DATE '2025-06-11', 300, 'rules_2', 'fraud'), (14, DATE '2025-06-10', 210, 'rules_2', NULL), (19, DATE '2025-06-11', 250, 'rules_2', 'fraud'), (1, DATE '2025-06-08', 900, 'rules_2', 'fraud');
INSERT INTO payments VALUES
  (1, 21, 'purchase', 22000, 20000, 'card', 'c21', 'charged_back', NULL, TIMESTAMP '2025-03-07 01:00:00', TIMESTAMP '2025-03-14 04:59:59'),
  (2, 22, 'purchase', 22000, 20000, 'card', 'c22', 'charged_back', NULL, TIMESTAMP '2025-03-07 02:00:00', TIMESTAMP '2025-03-14 05:00:00'),
  (3, 23, 'purchase', 22000, 20000, 'card', 'c23', 'charged_back', NULL, TIMESTAMP '2025-03-07 03:00:00', TIMESTAMP '2025-03-10 12:00:00'),
  (4, 24, 'purchase', 22000, 20000, 'card', 'c24', 'failed', NULL, TIMESTAMP '2025-03-07 12:00:00', TIMESTAMP '2025-03-07 12:00:00'),
  (5, 2, 'purchase', 22000, 20000, 'card', 'c1', 'charged_back', NULL, TIMESTAMP '2025-03-04 01:00:00', TIMESTAMP '2025-04-10 12:00:00'),
  (6, 15, 'purchase', 22000, 20000, 'card', 'c15', 'charged_back', NULL, TIMESTAMP '2025-03-06 01:00:00', TIMESTAMP '2025-03-09 12:00:00');
