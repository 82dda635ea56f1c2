SELECT 'a' AS columns_needed, 'b' AS other_use, 'a' AS pasted, 'b' AS rough_table
