SELECT i.category, count(*) AS loans
FROM loans AS l
JOIN items AS i ON i.item_id = l.item_id
GROUP BY i.category
