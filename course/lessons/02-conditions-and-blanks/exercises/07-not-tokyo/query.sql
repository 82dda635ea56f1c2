SELECT COUNT(*) > COUNT(prefecture) AS included,
       COUNT(*)                     AS n_rows
FROM (VALUES ('東京都'), ('大阪府'), (NULL), (NULL)) AS guests_mini(prefecture)
WHERE NOT (prefecture = '東京都')
