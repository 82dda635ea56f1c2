-- ja: 実験の参加者に、トークのない人と、14日より後にアポを依頼した人がいる
-- en: Among the assigned are guests without a talk, and guests who ask more than 14 days later
-- planted ja: それぞれある(参加者が300人より少ないデータでは、いないことがある)
-- planted en: some of each (with fewer than 300 assigned there may be none)
-- found ja: トークなし {} 人、後で依頼 {} 人、前に依頼 {} 人
-- found en: {} without a talk, {} asked later, {} asked before
WITH assigned AS (SELECT * FROM experiment_assignments WHERE experiment_id = 1),
counts AS (
  SELECT (SELECT count(*) FROM assigned WHERE guest_id NOT IN (SELECT guest_id FROM talks)) AS silent,
         (SELECT count(DISTINCT e.guest_id) FROM assigned AS e JOIN appointments AS a
            ON a.guest_id = e.guest_id AND a.requested_at_utc >= e.assigned_at_utc + INTERVAL 14 DAY) AS later,
         (SELECT count(DISTINCT e.guest_id) FROM assigned AS e JOIN appointments AS a
            ON a.guest_id = e.guest_id AND a.requested_at_utc < e.assigned_at_utc) AS before
)
SELECT (SELECT count(*) FROM assigned) < 300 OR least(silent, later, before) > 0 AS ok,
       silent, later, before
FROM counts
