SELECT e.experiment_id,
       COUNT(*) AS assigned,
       COUNT(*) FILTER (WHERE e.variant = 'treatment') AS treated,
       SUM(e.treatment_percent) / 100 AS planned,
       ROUND((COUNT(*) FILTER (WHERE e.variant = 'treatment') - SUM(e.treatment_percent) / 100)
             / sqrt(SUM(e.treatment_percent / 100 * (1 - e.treatment_percent / 100))), 2) AS z
FROM experiment_assignments AS e
JOIN guests AS g ON g.guest_id = e.guest_id AND NOT g.is_test
GROUP BY e.experiment_id
ORDER BY e.experiment_id
