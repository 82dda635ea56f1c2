SELECT a.device_fp, COUNT(DISTINCT a.guest_id) AS guests
FROM guest_devices AS a
JOIN guest_devices AS b ON b.device_fp = a.device_fp AND b.guest_id <> a.guest_id
JOIN guests AS g ON g.guest_id = a.guest_id
WHERE NOT g.is_test
GROUP BY a.device_fp
ORDER BY guests DESC, a.device_fp
