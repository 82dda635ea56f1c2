SELECT 'a' AS audit, 'b' AS morning, 'd' AS three, 'c' AS slow, 'e' AS someday
