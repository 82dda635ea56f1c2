SELECT 'e' AS puu, 'c' AS purchases, 'a' AS sales, 'f' AS talk_guests, 'b' AS appo_guests
