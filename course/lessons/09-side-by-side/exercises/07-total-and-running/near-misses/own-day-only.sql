SELECT 100 AS total, 50 AS by_day, 20 AS by_row
