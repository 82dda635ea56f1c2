SELECT 'a' AS columns_needed, 'b' AS other_use, 'c' AS pasted, 'c' AS rough_table
