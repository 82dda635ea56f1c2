SELECT 30 AS total, 60 AS by_day, 30 AS by_row
