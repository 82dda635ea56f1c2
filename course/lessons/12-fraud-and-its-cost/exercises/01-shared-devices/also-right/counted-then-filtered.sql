SELECT device_fp, guests
FROM (SELECT device_fp, COUNT(DISTINCT guest_id) AS guests
      FROM guest_devices
      WHERE guest_id IN (SELECT guest_id FROM guests WHERE is_test = FALSE)
      GROUP BY device_fp) AS counted
WHERE guests >= 2
ORDER BY guests DESC, device_fp
