SELECT spot,
       clicks // impressions AS click_rate
FROM (VALUES ('search_top', 10, 40), ('home_middle', 12, 160), ('home_top', 30, 120),
             ('mail', 3, 200), ('old_banner', 2, 0), ('new_banner', 0, 0)) AS spots_mini(spot, clicks, impressions)
ORDER BY click_rate DESC, spot
