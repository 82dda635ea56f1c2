SELECT points,
       COUNT(*) AS guests,
       COUNT(CASE WHEN reviewed_label = 'ok' THEN 1 END) AS reviewed,
       COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) AS fraud,
       ROUND(COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) * 1.0 / NULLIF(COUNT(reviewed_label), 0), 3) AS fraud_rate
FROM lesson.scored
GROUP BY points
ORDER BY points
