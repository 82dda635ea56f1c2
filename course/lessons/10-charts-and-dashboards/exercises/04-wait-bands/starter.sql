SELECT -- wait_band, talks
FROM lesson.waits
WHERE opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
%chart ___ x=___ y=___
