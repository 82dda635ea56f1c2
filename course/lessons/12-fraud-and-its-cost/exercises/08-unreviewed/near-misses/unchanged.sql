SELECT points,
       COUNT(*) AS guests,
       COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) AS fraud,
       ROUND(AVG(CASE WHEN reviewed_label = 'fraud' THEN 1.0 ELSE 0 END), 3) AS fraud_rate
FROM lesson.scored
GROUP BY points
ORDER BY points
