SELECT COUNT(*) AS puu
FROM (SELECT DISTINCT guest_id
      FROM payments
      WHERE kind = 'purchase' AND status = 'succeeded') AS buyers
