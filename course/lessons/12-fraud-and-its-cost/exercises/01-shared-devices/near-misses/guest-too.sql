SELECT d.device_fp, COUNT(DISTINCT d.guest_id) AS guests
FROM guest_devices AS d
JOIN guests AS g ON g.guest_id = d.guest_id
WHERE NOT g.is_test
GROUP BY d.device_fp, d.guest_id
HAVING COUNT(DISTINCT d.guest_id) >= 2
ORDER BY guests DESC, d.device_fp
