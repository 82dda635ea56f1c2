--- title: Finished stays of more than seven days, with patient and ward
--- solution
SELECT p.name, w.name AS ward, date_diff('day', s.admitted_at, s.discharged_at) AS days
FROM stays s JOIN patients p ON p.id = s.patient_id JOIN wards w ON w.id = s.ward_id
WHERE s.discharged_at IS NOT NULL AND date_diff('day', s.admitted_at, s.discharged_at) > 7
--- alternative: days in a CTE
WITH finished AS (SELECT patient_id, ward_id, datediff('day', admitted_at, discharged_at) AS days FROM stays WHERE discharged_at IS NOT NULL)
SELECT patients.name, wards.name, days FROM finished, patients, wards
WHERE patients.id = patient_id AND wards.id = ward_id AND days > 7
--- alternative: difference of dates
SELECT pa.name, wa.name, CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE) AS d
FROM patients pa JOIN stays st ON pa.id = st.patient_id JOIN wards wa ON st.ward_id = wa.id
WHERE CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE) >= 8
--- wrong: SELECT / E42 / whole days elapsed in a CTE
WITH finished AS (SELECT patient_id, ward_id, date_sub('day', admitted_at, discharged_at) AS days FROM stays WHERE discharged_at IS NOT NULL)
SELECT patients.name, wards.name, days FROM finished, patients, wards
WHERE patients.id = patient_id AND wards.id = ward_id AND days > 7
--- wrong: WHERE / E22 / seven days too
WITH finished AS (SELECT patient_id, ward_id, datediff('day', admitted_at, discharged_at) AS days FROM stays WHERE discharged_at IS NOT NULL)
SELECT patients.name, wards.name, days FROM finished, patients, wards
WHERE patients.id = patient_id AND wards.id = ward_id AND days >= 7
--- wrong: FROM WHERE / E28 / ward of the same number as the patient
SELECT pa.name, wa.name, CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE)
FROM patients pa JOIN stays st ON pa.id = st.patient_id JOIN wards wa ON pa.id = wa.id
WHERE CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE) >= 8
--- wrong: SELECT / E43 / ward and patient exchanged
SELECT wa.name, pa.name, CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE)
FROM patients pa JOIN stays st ON pa.id = st.patient_id JOIN wards wa ON st.ward_id = wa.id
WHERE CAST(st.discharged_at AS DATE) - CAST(st.admitted_at AS DATE) >= 8
