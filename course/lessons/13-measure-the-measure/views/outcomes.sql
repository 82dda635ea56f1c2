SELECT e.experiment_id, e.guest_id, e.variant, e.exposed_at_utc, g.prefecture,
       CASE WHEN EXISTS (
         SELECT 1 FROM talks AS t
         WHERE t.guest_id = e.guest_id
           AND t.opened_at_utc >= e.assigned_at_utc
           AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY
       ) THEN 1.0 ELSE 0 END AS reached
FROM experiment_assignments AS e
JOIN guests AS g ON g.guest_id = e.guest_id
WHERE NOT g.is_test
