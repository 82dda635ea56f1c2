SELECT stage_no, stage, guests,
       ROUND(guests * 1.0 / NULLIF(SUM(guests) OVER (), 0), 3) AS share_of_registered
FROM lesson.stages
ORDER BY stage_no
%chart hbar x=stage y=guests
