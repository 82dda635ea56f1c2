select guest_id, registered_at_utc
from guests
where prefecture = '大阪府'
order by registered_at_utc asc, guest_id asc
limit 5
