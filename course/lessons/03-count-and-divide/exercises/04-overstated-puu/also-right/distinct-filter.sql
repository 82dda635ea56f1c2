SELECT COUNT(DISTINCT guest_id) FILTER (WHERE method = 'card') AS card_puu
FROM payments
WHERE kind = 'purchase' AND status = 'succeeded'
