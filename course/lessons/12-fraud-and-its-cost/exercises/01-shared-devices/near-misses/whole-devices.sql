SELECT device_fp, COUNT(DISTINCT guest_id) AS guests
FROM guest_devices
WHERE device_fp NOT IN (
  SELECT d.device_fp
  FROM guest_devices AS d
  JOIN guests AS g ON g.guest_id = d.guest_id
  WHERE g.is_test
)
GROUP BY device_fp
HAVING COUNT(DISTINCT guest_id) >= 2
ORDER BY guests DESC, device_fp
