SELECT 100 AS total, 60 AS by_day, 60 AS by_row
