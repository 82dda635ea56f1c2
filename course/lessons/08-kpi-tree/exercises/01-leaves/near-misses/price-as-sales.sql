SELECT 'e' AS puu, 'c' AS purchases, 'g' AS sales, 'b' AS talk_guests, 'f' AS appo_guests
