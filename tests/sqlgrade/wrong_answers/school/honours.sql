--- title: Students who passed every course they have a grade in with at least 80
--- solution
SELECT s.name FROM students s JOIN enrolments e ON e.student_id = s.id
WHERE e.grade IS NOT NULL GROUP BY s.id, s.name HAVING MIN(e.grade) >= 80
--- alternative: two sub-queries
SELECT name FROM students
WHERE id IN (SELECT student_id FROM enrolments WHERE grade IS NOT NULL)
  AND id NOT IN (SELECT student_id FROM enrolments WHERE grade < 80)
--- alternative: minimum in a CTE
WITH lowest AS (SELECT student_id, MIN(grade) AS low FROM enrolments GROUP BY student_id)
SELECT s.name FROM lowest l, students s WHERE s.id = l.student_id AND l.low >= 80
--- wrong: WHERE / E22 / more than 80
WITH lowest AS (SELECT student_id, MIN(grade) AS low FROM enrolments GROUP BY student_id)
SELECT s.name FROM lowest l, students s WHERE s.id = l.student_id AND l.low > 80
--- wrong: SELECT / E45 / the best grade
WITH lowest AS (SELECT student_id, MAX(grade) AS low FROM enrolments GROUP BY student_id)
SELECT s.name FROM lowest l, students s WHERE s.id = l.student_id AND l.low >= 80
--- wrong: SELECT / E45 / the average grade
WITH lowest AS (SELECT student_id, AVG(grade) AS low FROM enrolments GROUP BY student_id)
SELECT s.name FROM lowest l, students s WHERE s.id = l.student_id AND l.low >= 80
--- wrong: WHERE / E20 / students without a grade too
SELECT name FROM students WHERE id NOT IN (SELECT student_id FROM enrolments WHERE grade < 80)
--- wrong: WHERE / E22 / a threshold of 8
SELECT name FROM students WHERE id IN (SELECT student_id FROM enrolments WHERE grade IS NOT NULL)
  AND id NOT IN (SELECT student_id FROM enrolments WHERE grade < 8)
--- wrong: SELECT / E44 / DISTINCT merges namesakes
SELECT DISTINCT name FROM students WHERE id IN (SELECT student_id FROM enrolments WHERE grade IS NOT NULL)
  AND id NOT IN (SELECT student_id FROM enrolments WHERE grade < 80)
