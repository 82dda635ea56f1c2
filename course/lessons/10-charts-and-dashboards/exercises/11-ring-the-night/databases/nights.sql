-- Nine weeks of talks in two areas, of which the last five are the nights. Runs 1 and 2 stand around another closed Tuesday each;
-- in run 3 few talk from Monday to Wednesday, and on Thursdays as many as ring at the least. Talks come from 05:00 to 09:00, 10:00 to 24:00, and two fifths after midnight.
CREATE TEMP TABLE days AS
SELECT n, CAST((CASE WHEN {run} = 2 THEN DATE '2024-10-07' ELSE DATE '2025-05-05' END) + to_days(n) AS DATE) AS day,
       CASE WHEN {run} = 3 THEN [8, 9, 9, 15, 44, 50, 60] ELSE [23, 24, 26, 30, 44, 50, 60] END[n % 7 + 1] AS usual
FROM range(0, 63) AS numbers(n);
-- day of the plan, what it is, whether the alert has to ring, talks, and talks in run 3
-- Day 8 is a good Tuesday: a week later than the closed one it tells a mean of four from one of the three that are left; day 50 tells both from one with the closed day's 0.
CREATE TEMP TABLE plan AS
SELECT * FROM (VALUES
  (8, NULL, FALSE, 40, NULL), (28, 'quiet_weekday', FALSE, NULL, NULL), (29, NULL, FALSE, 28, NULL), (31, 'collapse', TRUE, 9, 3), (33, 'busy_weekday', TRUE, 19, 19),
  (35, 'low_but_usual', FALSE, 18, 6), (36, 'closed', FALSE, 0, 0), (37, 'after_closed', FALSE, NULL, NULL),
  (39, 'no_rows', TRUE, 0, 0), (42, 'other_area', FALSE, NULL, NULL), (43, 'week_after_closed', TRUE, 11, 3),
  (44, 'morning_push', FALSE, NULL, NULL), (46, 'staff_tests', TRUE, 12, 12), (50, 'collapse', TRUE, 7, 3), (51, 'close_call', TRUE, 10, 3),
  (53, 'busy_night', FALSE, 120, 120), (54, 'collapse', TRUE, 15, 15), (55, 'second_night', TRUE, 16, 16),
  (57, 'two_fifths', FALSE, 7, 3), (59, 'a_little_low', FALSE, 11, 4), (60, 'week_after_busy', FALSE, NULL, NULL)
) AS planned(n, sort, rings, talks, in_run_3);
CREATE TEMP TABLE counted AS
SELECT d.n, d.day, d.usual,
       COALESCE(CASE WHEN {run} = 3 THEN p.in_run_3 ELSE p.talks END,
                CASE WHEN d.n % 7 < 4 THEN d.usual ELSE d.usual + (d.n * 5 + {run} * 3) % 3 - 1 END) AS talks,
       CASE WHEN d.n = 36 THEN 0 WHEN d.n = 42 THEN 1 ELSE 40 + (d.n * 7 + {run}) % 5 END AS talks_elsewhere,
       CASE WHEN d.n = 46 THEN 15 ELSE 0 END AS talks_of_tests,
       CASE WHEN d.n = 44 THEN 0.7 ELSE 0.12 END AS early
FROM days AS d
LEFT JOIN plan AS p ON p.n = d.n;
CREATE TEMP TABLE watched AS
SELECT c.day,
       CASE WHEN {run} = 3 AND p.rings AND c.usual < 15 THEN 'too_few' ELSE COALESCE(p.sort, 'ordinary') END AS sort,
       COALESCE(p.rings, FALSE) AND c.usual >= 15 AS rings
FROM counted AS c
LEFT JOIN plan AS p ON p.n = c.n
WHERE c.n >= 28;
INSERT INTO casts VALUES
  (1, 'あおい', 'SHINJUKU', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2024-04-01 12:00:00', NULL, NULL, id > 60
FROM range(1, 71) AS people(id);
CREATE TEMP TABLE begun AS
SELECT day, early, 1 AS cast_id, k, talks AS of_all, n * 1000 + k AS talk_id, 1 + (n * 11 + k * 7) % 60 AS guest_id
FROM counted, range(0, talks) AS each_talk(k)
UNION ALL
SELECT day, 0.12, 2, k, talks_elsewhere, n * 1000 + 300 + k, 1 + (n * 13 + k * 7) % 60
FROM counted, range(0, talks_elsewhere) AS each_talk(k)
UNION ALL
SELECT day, 0.12, 1, k, talks_of_tests, n * 1000 + 600 + k, 61 + k % 10
FROM counted, range(0, talks_of_tests) AS each_talk(k);
INSERT INTO talks
SELECT talk_id, guest_id, cast_id, 'list',
       CAST(day AS TIMESTAMP) - INTERVAL 9 HOUR + to_seconds(CAST(3600 * CASE
         WHEN share < early THEN 5 + 4 * share / early
         WHEN share < 0.4 + early * 0.5 THEN 10 + 14 * (share - early) / (0.4 - early * 0.5)
         ELSE 24 + 5 * (share - 0.4 - early * 0.5) / (0.6 - early * 0.5) END AS INTEGER)),
       NULL
FROM (SELECT *, (k + 0.1) / of_all AS share FROM begun) AS shared;
