SELECT s.stage_no, s.stage, s.guests,
       ROUND(s.guests * 1.0 / NULLIF(f.guests, 0), 3) AS share_of_registered
FROM lesson.stages AS s
JOIN lesson.stages AS f ON f.stage_no = 1
ORDER BY s.stage_no
%chart line x=stage y=guests
