-- A ring of twelve scored in one month, with ties at the tenth place; a month with two; the first and last days of the year, and the days beside them;
-- a third talk at exactly 48 hours; one talk with many messages and appointments.
-- guest, channel, device first seen, scored on, label, talks
CREATE TEMP TABLE people AS
SELECT * FROM (VALUES
  (12, 'organic', 'd1', DATE '2025-06-23', 'fraud', 3), (3, 'organic', 'd1', DATE '2025-06-25', 'fraud', 0),
  (1, 'organic', 'd1', DATE '2025-06-25', NULL, 0), (2, NULL, 'd1', DATE '2025-06-24', 'ok', 0),
  (4, 'organic', 'd1', DATE '2025-06-23', 'fraud', 0), (5, 'organic', 'd1', DATE '2025-06-24', NULL, 0),
  (6, 'organic', 'd1', DATE '2025-06-25', 'ok', 0), (7, 'organic', 'd1', DATE '2025-06-23', 'ok', 0),
  (8, 'organic', 'd1', DATE '2025-06-24', NULL, 0), (9, 'organic', 'd1', DATE '2025-06-25', 'fraud', 0),
  (10, 'organic', 'd1', DATE '2025-06-25', NULL, 0), (11, NULL, 'd1', DATE '2025-06-30', NULL, 3),
  (21, 'organic', 'd2', DATE '2025-01-01', 'ok', 0), (22, 'organic', 'd2', DATE '2025-01-05', NULL, 0),
  (23, 'organic', 'd3', DATE '2024-12-31', 'ok', 0), (24, 'organic', 'd3', DATE '2024-12-30', 'fraud', 0),
  (25, 'organic', 'd4', DATE '2025-12-31', NULL, 0), (26, NULL, 'd5', DATE '2025-12-31', 'ok', 3),
  (27, NULL, 'd6', DATE '2025-12-30', NULL, 0), (28, 'organic', 'd7', DATE '2025-06-15', NULL, 3), (29, 'organic', 'd4', DATE '2024-06-10', 'ok', 0),
  (30, 'organic', 'd8', DATE '2025-03-14', 'ok', 3), (31, 'organic', 'd2', DATE '2025-03-14', 'ok', 2)
) AS each_guest(guest_id, channel, device, scored_on, label, talks);
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-01-05 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT guest_id, 'ゲスト' || guest_id, 'g' || guest_id || '@example.jp', CASE WHEN guest_id <> 12 THEN '東京都' END, CASE WHEN guest_id <> 12 THEN 1990 END, NULL, NULL, channel,
       scored_on - INTERVAL 7 DAY + INTERVAL 12 HOUR, NULL, NULL, FALSE FROM people;
INSERT INTO guest_devices
SELECT guest_id, device, 'ios', scored_on - INTERVAL 7 DAY + INTERVAL 13 HOUR, scored_on + INTERVAL 12 HOUR FROM people;
INSERT INTO guest_devices
SELECT guest_id, 'd1', 'ios', TIMESTAMP '2025-06-01 12:00:00', TIMESTAMP '2025-06-02 12:00:00' FROM people WHERE guest_id <= 12;
INSERT INTO talks
SELECT row_number() OVER (ORDER BY guest_id, copy), guest_id, 1, 'list', scored_on - INTERVAL 7 DAY + to_minutes(CAST(730 + copy AS INTEGER)), NULL
FROM people, range(talks) AS copies(copy);
INSERT INTO fraud_scores SELECT guest_id, scored_on, 400, 'rules_2', label FROM people;
INSERT INTO fraud_scores SELECT guest_id, scored_on + 90, 400, 'rules_2', NULL FROM people WHERE guest_id IN (23, 29, 3);
INSERT INTO talks VALUES (901, 31, 1, 'list', TIMESTAMP '2025-03-09 12:00:00', NULL), (902, 25, 1, 'list', TIMESTAMP '2025-12-24 12:30:00', NULL);
INSERT INTO messages
SELECT n, 902, 'guest', 'greeting', 'こんばんは', 5, TIMESTAMP '2025-12-24 12:30:00', NULL, NULL FROM range(1, 4) AS each_message(n);
INSERT INTO appointments
SELECT n, 902, 25, 1, 'dinner', 'SHIBUYA', TIMESTAMP '2025-12-24 14:00:00', TIMESTAMP '2025-12-30 19:00:00', 2.0, 12000, 'requested', NULL, NULL FROM range(1, 4) AS each_request(n);
INSERT INTO sessions VALUES
  (1, 25, 'd4', 'ios', '3.4.0', TIMESTAMP '2025-12-24 12:01:00', NULL), (2, 25, 'd4', 'ios', '3.4.0', TIMESTAMP '2025-12-25 12:01:00', NULL);
