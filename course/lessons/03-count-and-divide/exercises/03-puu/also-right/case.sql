SELECT COUNT(DISTINCT CASE WHEN kind = 'purchase' AND status = 'succeeded' THEN guest_id END) AS puu
FROM payments
