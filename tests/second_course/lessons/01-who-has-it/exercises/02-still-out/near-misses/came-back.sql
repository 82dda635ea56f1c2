SELECT i.category, count(*) AS loans
FROM loans AS l
JOIN items AS i ON i.item_id = l.item_id
WHERE l.returned_at IS NOT NULL
GROUP BY i.category
