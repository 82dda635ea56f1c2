SELECT a.guest_id AS guest_a, b.guest_id AS guest_b, COUNT(DISTINCT a.device_fp) AS shared_devices
FROM guest_devices AS a
JOIN guest_devices AS b ON b.device_fp = a.device_fp
  AND a.guest_id <= b.guest_id
JOIN guests AS ga ON ga.guest_id = a.guest_id
JOIN guests AS gb ON gb.guest_id = b.guest_id
WHERE NOT ga.is_test
  AND NOT gb.is_test
GROUP BY a.guest_id, b.guest_id
ORDER BY guest_a, guest_b
