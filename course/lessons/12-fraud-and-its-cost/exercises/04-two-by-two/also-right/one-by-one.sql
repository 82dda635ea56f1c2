SELECT (SELECT COUNT(*) FROM lesson.scored WHERE points >= 3 AND reviewed_label = 'fraud') AS flagged_fraud,
       (SELECT COUNT(*) FROM lesson.scored WHERE points >= 3 AND reviewed_label = 'ok') AS flagged_ok,
       (SELECT COUNT(*) FROM lesson.scored WHERE points < 3 AND reviewed_label = 'fraud') AS missed_fraud,
       (SELECT COUNT(*) FROM lesson.scored WHERE points < 3 AND reviewed_label = 'ok') AS passed_ok
