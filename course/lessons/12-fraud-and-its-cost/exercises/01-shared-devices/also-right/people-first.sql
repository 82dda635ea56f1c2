WITH users AS (
  SELECT DISTINCT d.device_fp, d.guest_id
  FROM guest_devices AS d
  JOIN guests AS g ON g.guest_id = d.guest_id
  WHERE NOT g.is_test
)
SELECT device_fp, COUNT(*) AS guests
FROM users
GROUP BY device_fp
HAVING COUNT(*) > 1
ORDER BY guests DESC, device_fp
