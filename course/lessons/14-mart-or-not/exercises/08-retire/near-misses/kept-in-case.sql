SELECT false AS talks_by_day_area, false AS sales_by_month, true AS tmp_new2_final, false AS night_requests_check, true AS guests_all_columns, false AS campaign_2024_spring
