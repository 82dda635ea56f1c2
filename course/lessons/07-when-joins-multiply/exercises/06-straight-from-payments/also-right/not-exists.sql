SELECT SUM(amount_yen) AS sales_yen
FROM payments AS p
WHERE p.status = 'succeeded'
  AND NOT EXISTS (SELECT 1 FROM guests AS g WHERE g.guest_id = p.guest_id AND g.is_test)
