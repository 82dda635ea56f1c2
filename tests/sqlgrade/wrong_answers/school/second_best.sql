--- title: The grades that come second in their course and term, ties included
--- solution
SELECT course_id, term, student_id, grade FROM enrolments WHERE grade IS NOT NULL
QUALIFY dense_rank() OVER (PARTITION BY course_id, term ORDER BY grade DESC) = 2
--- alternative: ranked in a sub-query
SELECT course_id, term, student_id, grade FROM (
  SELECT e.*, dense_rank() OVER (PARTITION BY e.course_id, e.term ORDER BY e.grade DESC) AS place
  FROM enrolments e WHERE e.grade IS NOT NULL) ranked
WHERE place = 2
--- alternative: best of the rest
SELECT e.course_id, e.term, e.student_id, e.grade FROM enrolments e
WHERE e.grade = (SELECT MAX(x.grade) FROM enrolments x WHERE x.course_id = e.course_id AND x.term = e.term
  AND x.grade < (SELECT MAX(y.grade) FROM enrolments y WHERE y.course_id = e.course_id AND y.term = e.term))
--- wrong: WINDOW / E38 / RANK leaves a gap
SELECT course_id, term, student_id, grade FROM (
  SELECT e.*, rank() OVER (PARTITION BY e.course_id, e.term ORDER BY e.grade DESC) AS place FROM enrolments e WHERE e.grade IS NOT NULL) r
WHERE place = 2
--- wrong: WINDOW / E37 / over all terms
SELECT course_id, term, student_id, grade FROM (
  SELECT e.*, dense_rank() OVER (PARTITION BY e.course_id ORDER BY e.grade DESC) AS place FROM enrolments e WHERE e.grade IS NOT NULL) r
WHERE place = 2
--- wrong: WHERE / E22 / the third
SELECT course_id, term, student_id, grade FROM (
  SELECT e.*, dense_rank() OVER (PARTITION BY e.course_id, e.term ORDER BY e.grade DESC) AS place FROM enrolments e WHERE e.grade IS NOT NULL) r
WHERE place = 3
--- wrong: WINDOW / E37 / the second worst
SELECT course_id, term, student_id, grade FROM (
  SELECT e.*, dense_rank() OVER (PARTITION BY e.course_id, e.term ORDER BY e.grade) AS place FROM enrolments e WHERE e.grade IS NOT NULL) r
WHERE place = 2
--- wrong: WHERE / E20 / the course's maximum over all terms
SELECT e.course_id, e.term, e.student_id, e.grade FROM enrolments e
WHERE e.grade = (SELECT MAX(x.grade) FROM enrolments x WHERE x.course_id = e.course_id AND x.term = e.term
  AND x.grade < (SELECT MAX(y.grade) FROM enrolments y WHERE y.course_id = e.course_id))
