--- title: Average grade per course, courses without a grade included
--- solution
SELECT c.title, AVG(e.grade) AS average FROM courses c LEFT JOIN enrolments e ON e.course_id = c.id
GROUP BY c.id, c.title ORDER BY c.title
--- alternative: averaged first
WITH averages AS (SELECT course_id, AVG(grade) AS a FROM enrolments GROUP BY course_id)
SELECT title, a FROM courses LEFT JOIN averages ON averages.course_id = courses.id ORDER BY title
--- alternative: correlated
SELECT k.title, (SELECT AVG(grade) FROM enrolments WHERE course_id = k.id) AS average FROM courses k ORDER BY 1
--- wrong: FROM / E27 / courses without enrolment lost
SELECT title, AVG(grade) FROM enrolments JOIN courses ON courses.id = course_id GROUP BY courses.id, title ORDER BY title
--- wrong: SELECT / E33 / missing grades as 0
WITH averages AS (SELECT course_id, AVG(COALESCE(grade, 0)) AS a FROM enrolments GROUP BY course_id)
SELECT title, a FROM courses LEFT JOIN averages ON averages.course_id = courses.id ORDER BY title
--- wrong: SELECT / E13 / each grade once
WITH averages AS (SELECT course_id, AVG(DISTINCT grade) AS a FROM enrolments GROUP BY course_id)
SELECT title, a FROM courses LEFT JOIN averages ON averages.course_id = courses.id ORDER BY title
--- wrong: GROUP BY / E26 / per term
WITH averages AS (SELECT course_id, AVG(grade) AS a FROM enrolments GROUP BY course_id, term)
SELECT title, a FROM courses LEFT JOIN averages ON averages.course_id = courses.id ORDER BY title
--- wrong: WHERE / E20 / basic courses only
SELECT k.title, (SELECT AVG(grade) FROM enrolments WHERE course_id = k.id) FROM courses k WHERE level = 'basic' ORDER BY 1
