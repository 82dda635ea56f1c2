SELECT stage_no, stage, guests,
       ROUND(guests * 1.0 / NULLIF((SELECT guests FROM lesson.stages WHERE stage_no = 1), 0), 3) AS share_of_registered
FROM lesson.stages
ORDER BY stage_no
%chart bar x=stage y=guests
