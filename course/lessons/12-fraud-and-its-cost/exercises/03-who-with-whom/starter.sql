JOIN guests AS gb ON gb.guest_id = b.guest_id
  AND a.guest_id <= b.guest_id
ORDER BY guest_a, guest_b
FROM guest_devices AS a
  AND NOT gb.is_test
SELECT a.guest_id AS guest_a, b.guest_id AS guest_b, COUNT(*) AS shared_devices
WHERE NOT ga.is_test
  AND a.guest_id < b.guest_id
GROUP BY a.guest_id, b.guest_id
SELECT a.guest_id AS guest_a, b.guest_id AS guest_b, COUNT(DISTINCT a.device_fp) AS shared_devices
JOIN guest_devices AS b ON b.device_fp = a.device_fp
  AND a.guest_id <> b.guest_id
JOIN guests AS ga ON ga.guest_id = a.guest_id
