WITH seen AS (
  SELECT CASE WHEN c.area_code = 'SHIBUYA' THEN 's' ELSE 'o' END
         || CASE WHEN t.opened_at_utc < TIMESTAMP '2025-05-31 20:00:00' THEN '_before' ELSE '_during' END AS cell,
         CASE WHEN EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = t.talk_id) THEN 1.0 ELSE 0 END AS asked
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id AND NOT c.is_test
  JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test
  WHERE t.opened_at_utc >= TIMESTAMP '2025-01-31 20:00:00'
    AND t.opened_at_utc < TIMESTAMP '2025-09-30 20:00:00'
)
SELECT AVG(CASE WHEN cell = 's_before' THEN asked END) AS s_before,
       AVG(CASE WHEN cell = 's_during' THEN asked END) AS s_during,
       AVG(CASE WHEN cell = 'o_before' THEN asked END) AS o_before,
       AVG(CASE WHEN cell = 'o_during' THEN asked END) AS o_during,
       COUNT(CASE WHEN cell = 's_before' THEN 1 END) AS n_s_before,
       COUNT(CASE WHEN cell = 's_during' THEN 1 END) AS n_s_during,
       COUNT(CASE WHEN cell = 'o_before' THEN 1 END) AS n_o_before,
       COUNT(CASE WHEN cell = 'o_during' THEN 1 END) AS n_o_during
FROM seen
