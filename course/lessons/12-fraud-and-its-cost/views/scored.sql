SELECT guest_id, scored_on, reviewed_label,
       CASE WHEN shared_on <= scored_on THEN 3 ELSE 0 END
       + CASE WHEN is_rusher THEN 2 ELSE 0 END
       + CASE WHEN has_no_channel THEN 1 ELSE 0 END AS points
FROM lesson.signs
