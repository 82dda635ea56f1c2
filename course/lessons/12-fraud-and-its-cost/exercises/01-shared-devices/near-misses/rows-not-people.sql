SELECT d.device_fp, COUNT(*) AS guests
FROM guest_devices AS d
JOIN guests AS g ON g.guest_id = d.guest_id
WHERE NOT g.is_test
GROUP BY d.device_fp
HAVING COUNT(*) >= 2
ORDER BY guests DESC, d.device_fp
