SELECT item_id, item_name, price
FROM items
ORDER BY price DESC, item_id
