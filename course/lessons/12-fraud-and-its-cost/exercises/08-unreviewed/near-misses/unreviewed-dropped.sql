SELECT points,
       COUNT(*) AS guests,
       COUNT(reviewed_label) AS reviewed,
       COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) AS fraud,
       ROUND(COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) * 1.0 / NULLIF(COUNT(reviewed_label), 0), 3) AS fraud_rate
FROM lesson.scored
WHERE reviewed_label IS NOT NULL
GROUP BY points
ORDER BY points
