SELECT 'e' AS puu, 'c' AS purchases, 'd' AS sales, 'b' AS talk_guests, 'f' AS appo_guests
