-- ja: 「3.4.」で始まる版は2つある
-- en: Two versions begin with "3.4."
-- planted ja: 3.4.0 の利用の35%は、修正版の 3.4.1
-- planted en: 35 % of the visits on 3.4.0 have its patch, 3.4.1
-- found ja: {} 種類、3.4.1 は {:.1f}%。session_id の小さい20件の中に {} 種類
-- found en: {} versions, {:.1f} % on 3.4.1; {} among the 20 smallest session ids
WITH hit AS (SELECT app_version, row_number() OVER (ORDER BY session_id) AS place FROM sessions WHERE app_version LIKE '3.4.%')
SELECT count(DISTINCT app_version) = 2 AND count(DISTINCT app_version) FILTER (place <= 20) = 2 AS ok, count(DISTINCT app_version),
       100 * avg((app_version = '3.4.1')::INT), count(DISTINCT app_version) FILTER (place <= 20)
FROM hit
