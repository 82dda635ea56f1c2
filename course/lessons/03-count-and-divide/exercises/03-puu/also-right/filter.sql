SELECT COUNT(DISTINCT guest_id) FILTER (WHERE kind = 'purchase' AND status = 'succeeded') AS puu
FROM payments
