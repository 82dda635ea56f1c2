SELECT '___' AS puu, '___' AS purchases, '___' AS sales, '___' AS talk_guests, '___' AS appo_guests
