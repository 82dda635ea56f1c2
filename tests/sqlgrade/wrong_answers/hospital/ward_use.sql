--- title: Wards with stays and different patients, empty wards included
--- solution
SELECT w.name, COUNT(s.id) AS stays, COUNT(DISTINCT s.patient_id) AS patients
FROM wards w LEFT JOIN stays s ON s.ward_id = w.id GROUP BY w.id, w.name
--- alternative: counted first
WITH n AS (SELECT ward_id, COUNT(*) AS stays, COUNT(DISTINCT patient_id) AS people FROM stays GROUP BY 1)
SELECT wards.name, COALESCE(n.stays, 0), COALESCE(n.people, 0) FROM wards LEFT JOIN n ON n.ward_id = wards.id
--- alternative: correlated
SELECT x.name, (SELECT COUNT(*) FROM stays y WHERE y.ward_id = x.id), (SELECT COUNT(DISTINCT z.patient_id) FROM stays z WHERE z.ward_id = x.id)
FROM wards x
--- wrong: SELECT / E24 / stays counted for people
WITH n AS (SELECT ward_id, COUNT(*) AS stays, COUNT(patient_id) AS people FROM stays GROUP BY 1)
SELECT wards.name, COALESCE(n.stays, 0), COALESCE(n.people, 0) FROM wards LEFT JOIN n ON n.ward_id = wards.id
--- wrong: SELECT / E33 / NULL for empty wards
WITH n AS (SELECT ward_id, COUNT(*) AS stays, COUNT(DISTINCT patient_id) AS people FROM stays GROUP BY 1)
SELECT wards.name, COALESCE(n.stays, 0), n.people FROM wards LEFT JOIN n ON n.ward_id = wards.id
--- wrong: WHERE / E20 / only the stays that have ended
SELECT x.name, (SELECT COUNT(*) FROM stays y WHERE y.ward_id = x.id AND y.discharged_at IS NOT NULL),
  (SELECT COUNT(DISTINCT z.patient_id) FROM stays z WHERE z.ward_id = x.id) FROM wards x
--- wrong: FROM / E27 / empty wards lost
WITH n AS (SELECT ward_id, COUNT(*) AS stays, COUNT(DISTINCT patient_id) AS people FROM stays GROUP BY 1)
SELECT wards.name, n.stays, n.people FROM wards JOIN n ON n.ward_id = wards.id
--- wrong: SELECT / E43 / the two counts exchanged
WITH n AS (SELECT ward_id, COUNT(*) AS stays, COUNT(DISTINCT patient_id) AS people FROM stays GROUP BY 1)
SELECT wards.name, COALESCE(n.people, 0), COALESCE(n.stays, 0) FROM wards LEFT JOIN n ON n.ward_id = wards.id
--- wrong: FROM / E31 / measurements joined too
SELECT w.name, COUNT(s.id), COUNT(DISTINCT s.patient_id) FROM wards w LEFT JOIN stays s ON s.ward_id = w.id
LEFT JOIN measurements m ON m.stay_id = s.id GROUP BY w.id, w.name
