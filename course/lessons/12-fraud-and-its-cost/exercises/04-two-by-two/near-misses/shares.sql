SELECT AVG(CASE WHEN points >= 3 AND reviewed_label = 'fraud' THEN 1.0 ELSE 0 END) AS flagged_fraud,
       AVG(CASE WHEN points >= 3 AND reviewed_label = 'ok' THEN 1.0 ELSE 0 END) AS flagged_ok,
       AVG(CASE WHEN points < 3 AND reviewed_label = 'fraud' THEN 1.0 ELSE 0 END) AS missed_fraud,
       AVG(CASE WHEN points < 3 AND reviewed_label = 'ok' THEN 1.0 ELSE 0 END) AS passed_ok
FROM lesson.scored
