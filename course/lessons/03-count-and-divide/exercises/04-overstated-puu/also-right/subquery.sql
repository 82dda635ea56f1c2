SELECT COUNT(*) AS card_puu
FROM (SELECT guest_id FROM payments
      WHERE kind = 'purchase' AND status = 'succeeded' AND method = 'card'
      GROUP BY guest_id) AS buyers
