SELECT SUM(CASE WHEN p.status = 'succeeded' THEN p.amount_yen ELSE 0 END) AS sales_yen
FROM payments AS p
JOIN guests AS g USING (guest_id)
WHERE NOT g.is_test
