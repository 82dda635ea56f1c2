--- title: Patients with a temperature above 38 during a stay, with the highest value
--- solution
SELECT p.id, p.name, MAX(m.value) AS highest
FROM patients p JOIN stays s ON s.patient_id = p.id JOIN measurements m ON m.stay_id = s.id
WHERE m.kind = 'temperature' AND m.value > 38 GROUP BY p.id, p.name
--- alternative: HAVING
SELECT p.id, p.name, MAX(m.value) FROM measurements m, stays s, patients p
WHERE m.stay_id = s.id AND s.patient_id = p.id AND m.kind = 'temperature' GROUP BY p.id, p.name HAVING MAX(m.value) > 38
--- alternative: CTE
WITH fever AS (SELECT stay_id, value AS v FROM measurements WHERE kind = 'temperature' AND value > 38),
by_patient AS (SELECT st.patient_id, MAX(fever.v) AS top FROM fever JOIN stays st ON st.id = fever.stay_id GROUP BY st.patient_id)
SELECT pa.id, pa.name, b.top FROM by_patient b JOIN patients pa ON pa.id = b.patient_id
--- wrong: WHERE / E20 / any kind of value
SELECT p.id, p.name, MAX(m.value) FROM measurements m, stays s, patients p
WHERE m.stay_id = s.id AND s.patient_id = p.id GROUP BY p.id, p.name HAVING MAX(m.value) > 38
--- wrong: HAVING / E22 / 38 too
SELECT p.id, p.name, MAX(m.value) FROM measurements m, stays s, patients p
WHERE m.stay_id = s.id AND s.patient_id = p.id AND m.kind = 'temperature' GROUP BY p.id, p.name HAVING MAX(m.value) >= 38
--- wrong: SELECT / E45 / the lowest
WITH fever AS (SELECT stay_id, value AS v FROM measurements WHERE kind = 'temperature' AND value > 38),
by_patient AS (SELECT st.patient_id, MIN(fever.v) AS top FROM fever JOIN stays st ON st.id = fever.stay_id GROUP BY st.patient_id)
SELECT pa.id, pa.name, b.top FROM by_patient b JOIN patients pa ON pa.id = b.patient_id
--- wrong: GROUP BY / E26 / per stay
SELECT p.id, p.name, MAX(m.value) FROM measurements m, stays s, patients p
WHERE m.stay_id = s.id AND s.patient_id = p.id AND m.kind = 'temperature' GROUP BY p.id, p.name, s.id HAVING MAX(m.value) > 38
--- wrong: FROM WHERE / E28 / the measurement's own number
WITH fever AS (SELECT id, value AS v FROM measurements WHERE kind = 'temperature' AND value > 38)
SELECT pa.id, pa.name, MAX(fever.v) FROM fever JOIN stays st ON st.id = fever.id JOIN patients pa ON pa.id = st.patient_id GROUP BY ALL
