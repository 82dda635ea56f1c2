WITH outcome AS (
  SELECT e.variant,
         CASE WHEN ___ (
           SELECT 1 FROM talks AS t
           WHERE t.guest_id = e.guest_id
             AND t.opened_at_utc >= ___
             AND t.opened_at_utc < ___ + INTERVAL 14 DAY
         ) THEN 1.0 ___ END AS reached
  FROM experiment_assignments AS e
  JOIN guests AS g ON g.guest_id = e.guest_id
  WHERE e.experiment_id = 2
    AND NOT g.is_test
)
SELECT variant,
       ___(*) AS assigned,
       SUM(reached) AS talked,
       ROUND(___(reached), 4) AS talk_rate
FROM outcome
GROUP BY variant
ORDER BY variant
