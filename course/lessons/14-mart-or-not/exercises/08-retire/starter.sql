SELECT ___ AS talks_by_day_area, ___ AS sales_by_month, ___ AS tmp_new2_final, ___ AS night_requests_check, ___ AS guests_all_columns, ___ AS campaign_2024_spring
