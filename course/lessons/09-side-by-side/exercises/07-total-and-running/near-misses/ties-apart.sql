SELECT 100 AS total, 30 AS by_day, 30 AS by_row
