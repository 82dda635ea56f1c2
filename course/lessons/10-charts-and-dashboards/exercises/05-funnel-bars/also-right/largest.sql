SELECT stage_no, stage, guests, ROUND(guests / NULLIF(MAX(guests) OVER (), 0), 3) AS share_of_registered
FROM lesson.stages
ORDER BY stage_no
%chart hbar x=stage y=share_of_registered
