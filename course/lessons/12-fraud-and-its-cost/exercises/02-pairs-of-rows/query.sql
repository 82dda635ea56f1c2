WITH devices_mini AS (
  SELECT * FROM (VALUES ('d1', 'A'), ('d1', 'B'), ('d1', 'C'), ('d2', 'D'), ('d2', 'E')) AS d(device_fp, guest)
)
SELECT COUNT(*) AS same_device,
       COUNT(CASE WHEN a.guest <> b.guest THEN 1 END) AS not_self,
       COUNT(CASE WHEN a.guest < b.guest THEN 1 END) AS each_once
FROM devices_mini AS a
JOIN devices_mini AS b ON b.device_fp = a.device_fp
