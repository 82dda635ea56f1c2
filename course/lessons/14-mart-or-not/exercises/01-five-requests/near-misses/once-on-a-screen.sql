SELECT 'b' AS audit, 'a' AS morning, 'c' AS three, 'd' AS slow, 'e' AS someday
