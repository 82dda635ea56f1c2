SELECT '___' AS marketing, '___' AS product, '___' AS cast_ops
