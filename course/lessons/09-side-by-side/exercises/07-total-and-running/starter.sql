SELECT ___ AS total, ___ AS by_day, ___ AS by_row
