SELECT 'a' AS audit, 'b' AS morning, 'c' AS three, 'e' AS slow, 'd' AS someday
