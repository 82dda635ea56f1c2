SELECT guest_id, registered_at
FROM guests
ORDER BY ___ ___, guest_id
LIMIT ___
