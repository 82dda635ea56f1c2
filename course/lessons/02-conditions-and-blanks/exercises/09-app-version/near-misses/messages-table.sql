SELECT message_id, body
FROM messages
WHERE body LIKE '3.4.%'
ORDER BY message_id
LIMIT 20
