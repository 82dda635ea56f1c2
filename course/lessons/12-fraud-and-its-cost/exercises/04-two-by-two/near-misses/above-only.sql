SELECT COUNT(CASE WHEN points > 3 AND reviewed_label = 'fraud' THEN 1 END) AS flagged_fraud,
       COUNT(CASE WHEN points > 3 AND reviewed_label = 'ok' THEN 1 END) AS flagged_ok,
       COUNT(CASE WHEN points <= 3 AND reviewed_label = 'fraud' THEN 1 END) AS missed_fraud,
       COUNT(CASE WHEN points <= 3 AND reviewed_label = 'ok' THEN 1 END) AS passed_ok
FROM lesson.scored
