SELECT i.category, count(DISTINCT l.item_id) AS loans
FROM loans AS l
JOIN items AS i ON i.item_id = l.item_id
WHERE l.returned_at IS NULL
GROUP BY i.category
