SELECT guest_id, registered_at_utc
FROM guests
ORDER BY ___ ___, guest_id
LIMIT ___
