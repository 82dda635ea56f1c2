--- title: Each pulse with the change since the one before in the same stay
--- solution
SELECT stay_id, taken_at, value - lag(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS change
FROM measurements WHERE kind = 'pulse'
--- alternative: in a CTE
WITH pulses AS (SELECT id, stay_id, taken_at, value FROM measurements WHERE kind = 'pulse'),
pairs AS (SELECT *, lag(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS before FROM pulses)
SELECT stay_id, taken_at, value - before FROM pairs
--- alternative: named window
SELECT m.stay_id, m.taken_at, m.value - lag(m.value, 1) OVER w AS d FROM measurements m WHERE m.kind = 'pulse'
WINDOW w AS (PARTITION BY m.stay_id ORDER BY m.taken_at, m.id)
--- wrong: WINDOW / E37 / the next one
WITH pulses AS (SELECT id, stay_id, taken_at, value FROM measurements WHERE kind = 'pulse'),
pairs AS (SELECT *, lead(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS before FROM pulses)
SELECT stay_id, taken_at, value - before FROM pairs
--- wrong: WINDOW / E37 / across stays
SELECT m.stay_id, m.taken_at, m.value - lag(m.value, 1) OVER w AS d FROM measurements m WHERE m.kind = 'pulse'
WINDOW w AS (ORDER BY m.taken_at, m.id)
--- wrong: WHERE / E20 / across kinds
WITH pairs AS (SELECT *, lag(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS before FROM measurements)
SELECT stay_id, taken_at, value - before FROM pairs
--- wrong: WHERE / E21 / filtered after the window
WITH pairs AS (SELECT *, lag(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS before FROM measurements)
SELECT stay_id, taken_at, value - before FROM pairs WHERE kind = 'pulse'
--- wrong: SELECT / E45 / the wrong way round
WITH pulses AS (SELECT id, stay_id, taken_at, value FROM measurements WHERE kind = 'pulse'),
pairs AS (SELECT *, lag(value) OVER (PARTITION BY stay_id ORDER BY taken_at, id) AS before FROM pulses)
SELECT stay_id, taken_at, before - value FROM pairs
