-- ja: 実験の参加者に、トークのない人と、14日より後にアポを依頼した人がいる
-- en: Among the assigned are guests without a talk, and guests who ask more than 14 days later
WITH assigned AS (SELECT * FROM experiment_assignments WHERE experiment_id = 1),
counts AS (
  SELECT (SELECT count(*) FROM assigned WHERE guest_id NOT IN (SELECT guest_id FROM talks)) AS silent,
         (SELECT count(DISTINCT e.guest_id) FROM assigned AS e JOIN appointments AS a
            ON a.guest_id = e.guest_id AND a.requested_at_utc >= e.assigned_at_utc + INTERVAL 14 DAY) AS later,
         (SELECT count(DISTINCT e.guest_id) FROM assigned AS e JOIN appointments AS a
            ON a.guest_id = e.guest_id AND a.requested_at_utc < e.assigned_at_utc) AS before
)
SELECT least(silent, later, before) > 0 AS ok, 'some of each' AS planted,
       format('{} without a talk, {} asked later, {} asked before', silent, later, before) AS found
FROM counts
