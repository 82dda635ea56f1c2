SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND guest_id IN (SELECT guest_id FROM guests WHERE NOT is_test)
