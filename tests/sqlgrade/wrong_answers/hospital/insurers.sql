--- title: Insurers whose name begins with A, with the patients born from 1980 on
--- solution
SELECT insurer, COUNT(*) AS patients FROM patients
WHERE insurer LIKE 'A%' AND born_on >= DATE '1980-01-01' GROUP BY insurer ORDER BY insurer
--- alternative: starts_with
SELECT p.insurer, COUNT(p.id) FROM patients p WHERE starts_with(p.insurer, 'A') AND year(p.born_on) >= 1980 GROUP BY 1 ORDER BY 1
--- alternative: sub-query
SELECT q.insurer, COUNT(*) AS n FROM (SELECT insurer, born_on FROM patients WHERE left(insurer, 1) = 'A') q
WHERE q.born_on > DATE '1979-12-31' GROUP BY q.insurer ORDER BY q.insurer
--- wrong: WHERE / E14 / contains an A
SELECT q.insurer, COUNT(*) AS n FROM (SELECT insurer, born_on FROM patients WHERE insurer LIKE '%A%') q
WHERE q.born_on > DATE '1979-12-31' GROUP BY q.insurer ORDER BY q.insurer
--- wrong: WHERE / E22 / after 1980
SELECT p.insurer, COUNT(p.id) FROM patients p WHERE starts_with(p.insurer, 'A') AND year(p.born_on) > 1980 GROUP BY 1 ORDER BY 1
--- wrong: WHERE / E22 / before 1980
SELECT q.insurer, COUNT(*) AS n FROM (SELECT insurer, born_on FROM patients WHERE left(insurer, 1) = 'A') q
WHERE q.born_on <= DATE '1979-12-31' GROUP BY q.insurer ORDER BY q.insurer
--- wrong: GROUP BY / E26 / and by sex
SELECT p.insurer, COUNT(p.id) FROM patients p WHERE starts_with(p.insurer, 'A') AND year(p.born_on) >= 1980 GROUP BY p.insurer, p.sex ORDER BY 1
--- wrong: WHERE / E20 / whatever the year of birth
SELECT p.insurer, COUNT(p.id) FROM patients p WHERE starts_with(p.insurer, 'A') GROUP BY 1 ORDER BY 1
