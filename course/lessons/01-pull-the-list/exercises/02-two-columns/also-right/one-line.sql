select guest_id, registered_at_utc from guests order by guest_id limit 5
