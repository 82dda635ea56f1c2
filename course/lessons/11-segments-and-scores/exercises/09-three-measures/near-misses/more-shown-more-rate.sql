SELECT 'd' AS click_rate, 'b' AS breakthrough, 'c' AS sales
