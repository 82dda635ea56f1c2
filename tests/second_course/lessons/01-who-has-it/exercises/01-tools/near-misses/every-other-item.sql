SELECT item_id, item_name, price
FROM items
WHERE category <> 'tool'
ORDER BY price DESC, item_id
