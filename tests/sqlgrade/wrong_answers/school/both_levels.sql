--- title: Students who took basic and advanced courses
--- solution
SELECT s.id, s.name FROM students s JOIN enrolments e ON e.student_id = s.id JOIN courses c ON c.id = e.course_id
GROUP BY s.id, s.name HAVING COUNT(DISTINCT c.level) = 2
--- alternative: two EXISTS
SELECT id, name FROM students s
WHERE EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND e.student_id = s.id AND c.level = 'basic')
  AND EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND e.student_id = s.id AND c.level = 'advanced')
--- alternative: INTERSECT
SELECT s.id, s.name FROM students s JOIN enrolments e ON e.student_id = s.id JOIN courses c ON c.id = e.course_id WHERE c.level = 'basic'
INTERSECT
SELECT s.id, s.name FROM students s JOIN enrolments e ON e.student_id = s.id JOIN courses c ON c.id = e.course_id WHERE c.level = 'advanced'
--- alternative: levels in a CTE
WITH taken AS (SELECT e.student_id, COUNT(DISTINCT c.level) AS levels FROM courses c JOIN enrolments e ON e.course_id = c.id GROUP BY e.student_id)
SELECT id, name FROM students JOIN taken ON taken.student_id = students.id WHERE levels = 2
--- wrong: SELECT / E24 / courses counted instead of levels
WITH taken AS (SELECT e.student_id, COUNT(c.level) AS levels FROM courses c JOIN enrolments e ON e.course_id = c.id GROUP BY e.student_id)
SELECT id, name FROM students JOIN taken ON taken.student_id = students.id WHERE levels = 2
--- wrong: WHERE / E22 / one level is enough
WITH taken AS (SELECT e.student_id, COUNT(DISTINCT c.level) AS levels FROM courses c JOIN enrolments e ON e.course_id = c.id GROUP BY e.student_id)
SELECT id, name FROM students JOIN taken ON taken.student_id = students.id WHERE levels >= 1
--- wrong: WHERE / E21 / either level
SELECT id, name FROM students s
WHERE EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND e.student_id = s.id AND c.level = 'basic')
  OR EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND e.student_id = s.id AND c.level = 'advanced')
--- wrong: SELECT / E46 / UNION
SELECT s.id, s.name FROM students s JOIN enrolments e ON e.student_id = s.id JOIN courses c ON c.id = e.course_id WHERE c.level = 'basic'
UNION
SELECT s.id, s.name FROM students s JOIN enrolments e ON e.student_id = s.id JOIN courses c ON c.id = e.course_id WHERE c.level = 'advanced'
--- wrong: WHERE FROM / E20 / anybody's advanced course will do
SELECT id, name FROM students s
WHERE EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND e.student_id = s.id AND c.level = 'basic')
  AND EXISTS (SELECT 1 FROM enrolments e, courses c WHERE c.id = e.course_id AND c.level = 'advanced')
