SELECT COUNT(*) AS n_columns FROM (DESCRIBE SELECT guest_id registered_at_utc FROM guests LIMIT 5)
