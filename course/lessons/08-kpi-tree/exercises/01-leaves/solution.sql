SELECT 'e' AS puu, 'c' AS purchases, 'a' AS sales, 'b' AS talk_guests, 'f' AS appo_guests
