SELECT 'a' AS audit, 'b' AS morning, 'c' AS three, 'd' AS slow, 'e' AS someday
