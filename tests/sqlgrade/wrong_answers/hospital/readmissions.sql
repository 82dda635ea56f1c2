--- title: Stays that began within 30 days after the same patient's last discharge
--- solution
SELECT s.id, s.patient_id FROM stays s
WHERE EXISTS (SELECT 1 FROM stays b WHERE b.patient_id = s.patient_id AND b.id <> s.id
  AND b.discharged_at <= s.admitted_at AND s.admitted_at < b.discharged_at + INTERVAL 30 DAY)
--- alternative: self-join
SELECT DISTINCT later.id, later.patient_id FROM stays later JOIN stays earlier
ON earlier.patient_id = later.patient_id AND earlier.id <> later.id
AND later.admitted_at >= earlier.discharged_at AND later.admitted_at - INTERVAL 30 DAY < earlier.discharged_at
--- alternative: IN
SELECT x.id, x.patient_id FROM stays x WHERE x.id IN (
  SELECT n.id FROM stays n, stays o WHERE o.patient_id = n.patient_id AND n.id <> o.id
  AND o.discharged_at <= n.admitted_at AND n.admitted_at < o.discharged_at + INTERVAL 30 DAY)
--- wrong: FROM WHERE / E20 / of any patient
SELECT DISTINCT later.id, later.patient_id FROM stays later JOIN stays earlier ON earlier.id <> later.id
AND later.admitted_at >= earlier.discharged_at AND later.admitted_at - INTERVAL 30 DAY < earlier.discharged_at
--- wrong: FROM WHERE / E42 / a month instead of 30 days
SELECT DISTINCT later.id, later.patient_id FROM stays later JOIN stays earlier
ON earlier.patient_id = later.patient_id AND earlier.id <> later.id
AND later.admitted_at >= earlier.discharged_at AND later.admitted_at - INTERVAL 1 MONTH < earlier.discharged_at
--- wrong: SELECT / E44 / once for each earlier stay
SELECT later.id, later.patient_id FROM stays later JOIN stays earlier
ON earlier.patient_id = later.patient_id AND earlier.id <> later.id
AND later.admitted_at >= earlier.discharged_at AND later.admitted_at - INTERVAL 30 DAY < earlier.discharged_at
--- wrong: WHERE / E22 / the thirtieth day too
SELECT x.id, x.patient_id FROM stays x WHERE x.id IN (
  SELECT n.id FROM stays n, stays o WHERE o.patient_id = n.patient_id AND n.id <> o.id
  AND o.discharged_at <= n.admitted_at AND n.admitted_at <= o.discharged_at + INTERVAL 30 DAY)
--- wrong: SELECT WHERE / E43 / the earlier stay
SELECT DISTINCT earlier.id, earlier.patient_id FROM stays later JOIN stays earlier
ON earlier.patient_id = later.patient_id AND earlier.id <> later.id
AND later.admitted_at >= earlier.discharged_at AND later.admitted_at - INTERVAL 30 DAY < earlier.discharged_at
