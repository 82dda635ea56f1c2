SELECT SUM(CASE WHEN points >= 3 AND reviewed_label = 'fraud' THEN 1 ELSE 0 END) AS flagged_fraud,
       SUM(CASE WHEN points >= 3 AND reviewed_label <> 'fraud' THEN 1 ELSE 0 END) AS flagged_ok,
       SUM(CASE WHEN points < 3 AND reviewed_label = 'fraud' THEN 1 ELSE 0 END) AS missed_fraud,
       SUM(CASE WHEN points < 3 AND reviewed_label <> 'fraud' THEN 1 ELSE 0 END) AS passed_ok
FROM lesson.scored
WHERE reviewed_label IS NOT NULL
