-- Queries in learners' style, one a line, for bench/handoff.py: what people write who know DuckDB's functions from the lessons or from elsewhere.
SELECT dayname(starts_on) AS d, count(*) AS n FROM campaigns GROUP BY 1
SELECT monthname(starts_on) AS m FROM campaigns
SELECT split_part(email, '@', 2) AS domain, count(*) AS n FROM guests GROUP BY 1
SELECT concat_ws('-', area_code, name_en) AS label FROM areas
SELECT time_bucket(INTERVAL '1 day', opened_at_utc) AS b, count(*) FROM talks GROUP BY 1
SELECT epoch(opened_at_utc) AS e FROM talks
SELECT epoch_ms(opened_at_utc) AS e FROM talks
SELECT extract(doy FROM starts_on) AS d FROM campaigns
SELECT name_en[1] AS letter FROM areas
SELECT name_en[1:3] AS letters FROM areas
SELECT format('{:,}', amount_yen) AS yen FROM payments
SELECT format('{} yen', amount_yen) AS yen FROM payments
SELECT printf('%d yen', amount_yen) AS yen FROM payments
SELECT sum(is_test) AS n FROM guests
SELECT sum(is_test::INTEGER) AS n FROM guests
SELECT avg(is_clicked::INT) AS r FROM list_impressions
SELECT sum(status = 'paid') AS n FROM payments
SELECT nickname FROM guests WHERE nickname LIKE '%!_%' ESCAPE '!'
SELECT date_sub('day', starts_on, ends_on) AS d FROM campaigns
SELECT date_sub('hour', opened_at_utc, closed_at_utc) AS h FROM talks
SELECT date_add(starts_on, INTERVAL 7 DAY) AS d FROM campaigns
SELECT date_diff('day', starts_on, ends_on) AS d FROM campaigns
SELECT datediff('month', starts_on, ends_on) AS d FROM campaigns
SELECT strftime('%Y-%m', starts_on) AS m FROM campaigns
SELECT strftime(starts_on, '%Y-%m') AS m FROM campaigns
SELECT strftime(opened_at_utc, '%Y-%m-%d %H:00') AS m, count(*) FROM talks GROUP BY 1
SELECT strftime(opened_at_utc, '%-d') AS d FROM talks
SELECT quantile_cont(amount_yen, [0.25, 0.5, 0.75]) AS q FROM payments
SELECT quantile_cont(amount_yen, 0.9) AS q FROM payments
SELECT quantile_disc(amount_yen, 0.5) AS q FROM payments
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_yen) AS m FROM payments
SELECT mode(method) AS m FROM payments
SELECT median(amount_yen) AS m FROM payments
SELECT * FROM areas LIMIT 10%
SELECT * FROM areas USING SAMPLE 10
SELECT generate_series AS n FROM generate_series(1, 5)
SELECT unnest(generate_series(1, 5)) AS n
SELECT n FROM range(5) AS r(n)
SELECT log(amount_yen) AS l FROM payments WHERE amount_yen > 0
SELECT log10(amount_yen) AS l FROM payments WHERE amount_yen > 0
SELECT ln(amount_yen) AS l FROM payments WHERE amount_yen > 0
SELECT log2(amount_yen) AS l FROM payments WHERE amount_yen > 0
SELECT contains(body, 'a') AS c FROM messages
SELECT count(*) FROM messages WHERE contains(body, 'A')
SELECT avg(amount_yen)::DECIMAL(10,2) AS a FROM payments
SELECT CAST(avg(amount_yen) AS DECIMAL(10,1)) AS a FROM payments
SELECT try_cast(app_version AS INTEGER) AS v FROM sessions
SELECT try_cast(app_version AS DOUBLE) AS v FROM sessions
SELECT try_cast(nickname AS DATE) AS v FROM guests
SELECT string_agg(name_en, ', ' ORDER BY name_en) AS s FROM areas
SELECT string_agg(DISTINCT method, ',' ORDER BY method) AS s FROM payments
SELECT array_agg(name_en ORDER BY name_en) AS s FROM areas
SELECT list(name_en ORDER BY name_en DESC) AS s FROM areas
SELECT regexp_replace(nickname, '[aeiou]', '', 'g') AS s FROM guests
SELECT regexp_replace(nickname, '[aeiou]', '') AS s FROM guests
SELECT regexp_matches(email, '^a') AS s FROM guests
SELECT regexp_extract(email, '@(.*)$', 1) AS s FROM guests
SELECT regexp_extract(email, '[0-9]+') AS s FROM guests
SELECT regexp_full_match(app_version, '[0-9.]+') AS s FROM sessions
SELECT app_version ~ '^[0-9]' AS s FROM sessions
SELECT app_version SIMILAR TO '[0-9].*' AS s FROM sessions
SELECT nickname ILIKE '%a%' AS s FROM guests
SELECT starts_with(email, 'a') AS s FROM guests
SELECT prefix(email, 'a') AS s FROM guests
SELECT suffix(email, 'com') AS s FROM guests
SELECT ends_with(email, 'com') AS s FROM guests
SELECT length(nickname) AS s FROM guests
SELECT len(nickname) AS s FROM guests
SELECT strlen(nickname) AS s FROM guests
SELECT instr(email, '@') AS s FROM guests
SELECT position('@' IN email) AS s FROM guests
SELECT strpos(email, '@') AS s FROM guests
SELECT left(email, 3) || right(email, 3) AS s FROM guests
SELECT substring(email, 2, 3) AS s FROM guests
SELECT substr(email, -3) AS s FROM guests
SELECT upper(email), lower(email), reverse(email) FROM guests
SELECT trim(nickname), ltrim(nickname), rtrim(nickname) FROM guests
SELECT replace(email, '@', ' at ') AS s FROM guests
SELECT lpad(cast_id::VARCHAR, 6, '0') AS s FROM casts
SELECT rpad(nickname, 6, '.') AS s FROM guests
SELECT repeat('*', guest_rating) AS s FROM appointments
SELECT concat(nickname, '-', guest_id) AS s FROM guests
SELECT nickname || '-' || guest_id AS s FROM guests
SELECT concat('a', NULL, nickname) AS s FROM guests
SELECT coalesce(prefecture, 'none') AS s FROM guests
SELECT ifnull(prefecture, 'none') AS s FROM guests
SELECT nullif(guest_rating, 0) AS s FROM appointments
SELECT if(amount_yen > 1000, 'big', 'small') AS s FROM payments
SELECT CASE WHEN amount_yen > 1000 THEN 'big' ELSE 'small' END AS s FROM payments
SELECT greatest(points, 100), least(points, 100) FROM payments
SELECT round(amount_yen / 7, 1) AS s FROM payments
SELECT round(amount_yen / 7.0) AS s FROM payments
SELECT floor(amount_yen / 1000) * 1000 AS b, count(*) FROM payments GROUP BY 1
SELECT ceil(amount_yen / 1000) AS s FROM payments
SELECT amount_yen // 1000 AS s FROM payments
SELECT amount_yen % 1000 AS s FROM payments
SELECT mod(amount_yen, 1000) AS s FROM payments
SELECT abs(amount_yen), sign(amount_yen) FROM payments
SELECT power(points, 2) AS s FROM payments
SELECT points ** 2 AS s FROM payments
SELECT points ^ 2 AS s FROM payments
SELECT sqrt(abs(amount_yen)) AS s FROM payments
SELECT exp(guest_rating) AS s FROM appointments
SELECT pi() AS s
SELECT random() < 2 AS s FROM areas
SELECT year(starts_on), month(starts_on), day(starts_on) FROM campaigns
SELECT hour(opened_at_utc), minute(opened_at_utc), second(opened_at_utc) FROM talks
SELECT quarter(starts_on) AS q FROM campaigns
SELECT week(starts_on) AS w FROM campaigns
SELECT weekofyear(starts_on) AS w FROM campaigns
SELECT yearweek(starts_on) AS w FROM campaigns
SELECT dayofweek(starts_on), isodow(starts_on), weekday(starts_on) FROM campaigns
SELECT dayofyear(starts_on), dayofmonth(starts_on) FROM campaigns
SELECT date_part('year', starts_on) AS y FROM campaigns
SELECT date_part('dow', starts_on) AS y FROM campaigns
SELECT extract(epoch FROM opened_at_utc) AS y FROM talks
SELECT extract(year FROM opened_at_utc) AS y FROM talks
SELECT extract(isoyear FROM opened_at_utc) AS y FROM talks
SELECT date_trunc('month', opened_at_utc) AS m, count(*) FROM talks GROUP BY 1 ORDER BY 1
SELECT date_trunc('week', starts_on) AS m FROM campaigns
SELECT date_trunc('hour', opened_at_utc) AS m FROM talks
SELECT date_trunc('day', opened_at_utc + INTERVAL 9 HOUR) AS m FROM talks
SELECT opened_at_utc::DATE AS m FROM talks
SELECT CAST(opened_at_utc AS DATE) AS m FROM talks
SELECT (opened_at_utc + INTERVAL '9 hours')::DATE AS m FROM talks
SELECT opened_at_utc AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo' AS m FROM talks
SELECT timezone('Asia/Tokyo', opened_at_utc) AS m FROM talks
SELECT last_day(starts_on) AS m FROM campaigns
SELECT make_date(2025, 1, 15) AS m
SELECT make_timestamp(2025, 1, 15, 10, 0, 0) AS m
SELECT strptime('2025-01-15', '%Y-%m-%d') AS m
SELECT strptime('2025/01/15', '%Y/%m/%d')::DATE AS m
SELECT age(ends_on, starts_on) AS m FROM campaigns
SELECT ends_on - starts_on AS m FROM campaigns
SELECT closed_at_utc - opened_at_utc AS m FROM talks
SELECT starts_on + 7, starts_on - 7 FROM campaigns
SELECT starts_on + INTERVAL 1 MONTH AS m FROM campaigns
SELECT current_date >= starts_on AS m FROM campaigns
SELECT now() > opened_at_utc AS m FROM talks
SELECT today() >= starts_on AS m FROM campaigns
SELECT to_timestamp(1700000000) AS m
SELECT to_days(3) + starts_on AS m FROM campaigns
SELECT count(DISTINCT guest_id) AS n FROM talks
SELECT count(*) FILTER (WHERE status = 'done') AS n FROM appointments
SELECT sum(points) FILTER (WHERE status = 'done') AS n FROM appointments
SELECT count_if(status = 'done') AS n FROM appointments
SELECT countif(status = 'done') AS n FROM appointments
SELECT avg(points), min(points), max(points), sum(points) FROM payments
SELECT stddev(points), variance(points), stddev_pop(points), var_pop(points) FROM payments
SELECT corr(points, amount_yen) AS n FROM payments
SELECT bool_or(is_test), bool_and(is_test) FROM guests
SELECT any_value(method) IS NOT NULL AS n FROM payments
SELECT first(method) AS n FROM payments
SELECT arg_max(method, amount_yen) AS n FROM payments
SELECT max_by(method, amount_yen) AS n FROM payments
SELECT max(amount_yen, 3) AS n FROM payments
SELECT product(guest_rating) AS n FROM appointments
SELECT histogram(method) AS n FROM payments
SELECT kurtosis(points), skewness(points) FROM payments
SELECT regr_slope(points, amount_yen) AS n FROM payments
SELECT geomean(points) AS n FROM payments
SELECT guest_id, row_number() OVER (PARTITION BY guest_id ORDER BY opened_at_utc, talk_id) AS n FROM talks
SELECT talk_id, lag(opened_at_utc) OVER (PARTITION BY guest_id ORDER BY opened_at_utc, talk_id) AS n FROM talks
SELECT talk_id, lead(opened_at_utc, 1) OVER (ORDER BY opened_at_utc, talk_id) AS n FROM talks
SELECT payment_id, sum(points) OVER (ORDER BY payment_id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS n FROM payments
SELECT payment_id, sum(points) OVER (ORDER BY paid_at_jst RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) AS n FROM payments
SELECT payment_id, ntile(4) OVER (ORDER BY points, payment_id) AS n FROM payments
SELECT payment_id, rank() OVER (ORDER BY points DESC), dense_rank() OVER (ORDER BY points DESC), percent_rank() OVER (ORDER BY points DESC) FROM payments
SELECT payment_id, first_value(points) OVER (PARTITION BY guest_id ORDER BY payment_id) AS n FROM payments
SELECT payment_id, last_value(points) OVER (PARTITION BY guest_id ORDER BY payment_id) AS n FROM payments
SELECT guest_id, paid_at_jst FROM payments QUALIFY row_number() OVER (PARTITION BY guest_id ORDER BY paid_at_jst, payment_id) = 1
SELECT DISTINCT ON (guest_id) guest_id, talk_id FROM talks ORDER BY guest_id, talk_id
SELECT method, count(*) AS n FROM payments GROUP BY ALL ORDER BY ALL
SELECT * EXCLUDE (email) FROM guests
SELECT * REPLACE (upper(name_en) AS name_en) FROM areas
SELECT COLUMNS('name.*') FROM areas
FROM areas
FROM talks SELECT count(*) AS n
SELECT count(*) AS n FROM talks SEMI JOIN guests USING (guest_id)
SELECT count(*) AS n FROM guests ANTI JOIN talks USING (guest_id)
SELECT count(*) AS n FROM guests g LEFT JOIN talks t ON t.guest_id = g.guest_id WHERE t.talk_id IS NULL
SELECT * FROM talks ASOF JOIN payments ON talks.guest_id = payments.guest_id AND talks.opened_at_utc >= payments.paid_at_jst
SELECT area_code, name_en FROM areas UNION SELECT area_code, grade FROM casts
SELECT area_code FROM areas EXCEPT SELECT area_code FROM casts
SELECT area_code FROM areas INTERSECT SELECT area_code FROM casts
SELECT area_code, NULL AS n FROM areas UNION ALL BY NAME SELECT area_code, 1 AS n FROM casts
PIVOT payments ON method USING count(*) GROUP BY kind
SELECT method, kind, count(*) FROM payments GROUP BY ROLLUP (method, kind)
SELECT method, kind, count(*) FROM payments GROUP BY GROUPING SETS ((method), (kind), ())
SELECT amount_yen / 2 AS half FROM payments WHERE half > 500
SELECT area_code FROM areas ORDER BY name_en NULLS LAST, area_code LIMIT 5 OFFSET 2
SELECT list_sort(list(DISTINCT method)) AS l FROM payments
SELECT len(list(method)) AS l FROM payments
SELECT array_length(array_agg(method)) AS l FROM payments
SELECT list_contains(list(method), 'card') AS l FROM payments
SELECT unnest(['a', 'b']) AS l
SELECT unnest(string_split('a,b', ',')) AS l
SELECT string_split(email, '@')[1] AS l FROM guests
SELECT list_transform([1, 2], x -> x + 1) AS l
SELECT {'a': 1}.a AS l
SELECT struct_pack(a := 1) AS l
SELECT to_json({'a': 1}) AS l
SELECT json_extract_string('{"a": 1}', '$.a') AS l
SELECT md5(email) AS l FROM guests
SELECT hash(email) AS l FROM guests
SELECT ascii('a'), chr(97)
SELECT typeof(guest_id) AS l FROM guests
SELECT guest_id IN (1, 2, 3) AS l FROM guests
SELECT guest_id BETWEEN 1 AND 3 AS l FROM guests
SELECT (guest_id, cast_id) IN (SELECT guest_id, cast_id FROM appointments) AS l FROM talks
SELECT prefecture IS DISTINCT FROM 'Tokyo' AS l FROM guests
SELECT xor(1, 2), 5 & 3, 5 | 3, 1 << 2
SELECT bin(5), hex(255), to_base(10, 2)
SELECT width_bucket(points, 0, 100, 10) AS l FROM payments
SELECT levenshtein('a', 'b'), damerau_levenshtein('a', 'b')
SELECT translate(email, 'abc', 'xyz') AS l FROM guests
SELECT initcap(nickname) AS l FROM guests
SELECT bar(points, 0, 1000, 10) AS l FROM payments
SELECT count(*) AS n, TRUE AS t, 1e3 AS e, -2.5 AS m FROM guests WHERE NOT is_test
SELECT date '2025-01-31' + INTERVAL 1 MONTH AS m, timestamp '2025-01-31 10:00' AS t
SELECT CAST('12' AS INTEGER) + CAST('2.5' AS DOUBLE) AS n
SELECT CAST(2.6 AS INTEGER) AS n, 2.5::INT AS m, CAST(amount_yen / 3 AS INTEGER) AS o FROM payments
SELECT amount_yen::VARCHAR AS n, (amount_yen / 4)::VARCHAR AS m, is_test::VARCHAR AS t FROM payments JOIN guests USING (guest_id)
SELECT trunc(amount_yen / 7) AS n, round(-2.5) AS m FROM payments
SELECT guest_rating / 0 AS n FROM appointments WHERE guest_rating IS NULL
SELECT guest_id, count(*) AS n, max(opened_at_utc) AS last_at FROM talks GROUP BY guest_id HAVING count(*) > 3 ORDER BY n DESC, guest_id LIMIT 10
SELECT strftime(paid_at_jst, '%Y-%m') AS m, sum(amount_yen) FILTER (WHERE method = 'card') AS card FROM payments GROUP BY m ORDER BY m
