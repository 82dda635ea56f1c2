SELECT '___' AS audit, '___' AS morning, '___' AS three, '___' AS slow, '___' AS someday
