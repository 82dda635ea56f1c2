SELECT COUNT(*) FILTER (WHERE points >= 3 AND reviewed_label = 'fraud') AS flagged_fraud,
       COUNT(*) FILTER (WHERE points >= 3 AND reviewed_label = 'ok') AS flagged_ok,
       COUNT(*) FILTER (WHERE points < 3 AND reviewed_label = 'fraud') AS missed_fraud,
       COUNT(*) FILTER (WHERE points < 3 AND reviewed_label = 'ok') AS passed_ok
FROM lesson.scored
