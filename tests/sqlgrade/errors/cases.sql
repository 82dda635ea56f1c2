-- Queries that fail, each with the card it must get and the text the card must point at.

-- title: a misspelt table gets its nearest name
-- card: E01 unknown_table_near
-- at: 'gests'
SELECT name FROM gests

-- title: a table nobody has is answered with the list of tables
-- card: E01 unknown_table_listed
-- at: 'b'
WITH a AS (SELECT 1) SELECT * FROM b

-- title: a misspelt column gets its nearest name
-- card: E01 unknown_column_near
-- at: 'nmae'
SELECT nmae FROM guests

-- title: a column like none is answered with the columns of FROM
-- card: E01 unknown_column
-- at: 'm'
SELECT name FROM guests GROUP BY name, m

-- title: a column of a table that is not in FROM is called so
-- card: E27 column_of_other_table
-- at: 'amount'
SELECT a.name, amount FROM guests a JOIN guests b ON a.guest_id = b.guest_id

-- title: a misspelt column after a table's name
-- card: E01 table_lacks_column_near
-- at: 'gest_id'
SELECT name FROM guests g LEFT JOIN visits v ON g.guest_id = v.gest_id

-- title: a column the prefixed table does not have
-- card: E01 table_lacks_column
-- at: 'amount'
SELECT g.amount FROM guests g

-- title: USING a column that one side lacks
-- card: E01 using_column
-- at: 'name'
SELECT * FROM guests JOIN visits USING (name)

-- title: an unknown prefix
-- card: E01 unknown_prefix
-- at: 'x.name'
SELECT x.name FROM guests g

-- title: a misspelt prefix
-- card: E01 unknown_prefix_near
-- at: 'guest.guest_id'
SELECT name FROM guests WHERE exists (SELECT 1 FROM visits v WHERE v.guest_id = guest.guest_id)

-- title: a table's name is hidden by its alias
-- card: E01 alias_hides_table
-- at: 'guests.name'
SELECT guests.name FROM guests g

-- title: a table used but not in FROM
-- card: E27 table_not_in_from
-- at: 'visits.amount'
SELECT sum(visits.amount) FROM guests a JOIN guests b ON a.guest_id = b.guest_id

-- title: a misspelt function
-- card: E01 unknown_function_near
-- at: 'conut'
SELECT conut(*) FROM guests

-- title: a function nobody has
-- card: E01 unknown_function
-- at: 'frobnicate'
SELECT frobnicate(joined_at) FROM guests

-- title: a misspelt type
-- card: E01 unknown_type_near
-- at: 'intt'
SELECT CAST('1' AS intt)

-- title: a type of another system
-- card: E01 unknown_type
-- at: 'currency'
SELECT CAST('1' AS currency)

-- title: an operator written the wrong way round
-- card: E08 operator_reversed
-- at: '=>'
SELECT name FROM guests WHERE age => 3

-- title: two columns without their comma
-- card: E02 missing_comma
-- at: 'name\n  prefecture'
SELECT name
  prefecture
  age
FROM guests

-- title: a unit of time as a label without AS
-- card: E08 label_needs_as
-- at: ') weeks'
SELECT COUNT(*) weeks, MIN(registered_at_utc) AS first
FROM guests

-- title: two values of a list without their comma
-- card: E02 missing_comma
-- at: "'東京都' '大阪府'"
SELECT name FROM guests WHERE prefecture IN ('東京都' '大阪府')

-- title: a full-width comma becomes part of a name
-- card: E03 full_width
-- at: '，'
SELECT name，prefecture FROM guests

-- title: full-width brackets
-- card: E03 full_width
-- at: '（'
SELECT count（*） FROM guests

-- title: a full-width equals sign
-- card: E03 full_width
-- at: '＝'
SELECT name FROM guests WHERE age ＝ 3

-- title: a full-width semicolon becomes part of the table's name
-- card: E03 full_width
-- at: '；'
SELECT name FROM guests；

-- title: the Japanese comma
-- card: E03 full_width
-- at: '、'
SELECT name、age FROM guests

-- title: a full-width star
-- card: E03 full_width
-- at: '＊'
SELECT ＊ FROM guests

-- title: a full-width dot
-- card: E03 full_width
-- at: '．'
SELECT guests．name FROM guests

-- title: full-width letters
-- card: E03 full_width_letter
-- at: 'Ｓ'
ＳＥＬＥＣＴ name FROM guests

-- title: a full-width digit
-- card: E03 full_width_letter
-- at: '３'
SELECT name FROM guests WHERE age = ３

-- title: curly double quotes
-- card: E03 full_width_quote
-- at: '“'
SELECT name FROM guests WHERE prefecture = “東京都”

-- title: curly single quotes
-- card: E03 full_width_quote
-- at: '‘'
SELECT name FROM guests WHERE prefecture = ‘東京都’

-- title: a full-width apostrophe
-- card: E03 full_width_quote
-- at: '＇'
SELECT name FROM guests WHERE prefecture = ＇東京都＇

-- title: an invisible character from copied text
-- card: E03 invisible_character
-- at: '\u200b'
SELECT na​me FROM guests

-- title: a text in double quotes
-- card: E04 double_quotes
-- at: '"東京都"'
SELECT name FROM guests WHERE prefecture = "東京都"

-- title: a text without quotes
-- card: E04 text_without_quotes
-- at: '東京都'
SELECT name FROM guests WHERE prefecture = 東京都

-- title: an aggregate in WHERE
-- card: E05 aggregate_in_where
-- at: 'count(*)'
SELECT name FROM guests WHERE count(*) > 1

-- title: an alias of an aggregate in WHERE is blamed on the alias's own place
-- card: E05 aggregate_in_where
-- at: 'count(*)'
SELECT count(*) c FROM guests WHERE c > 1

-- title: an aggregate in GROUP BY
-- card: E05 aggregate_in_group_by
-- at: 'count(*)'
SELECT name FROM guests GROUP BY count(*)

-- title: a column missing from GROUP BY
-- card: E06 ungrouped_column
-- at: 'name'
SELECT prefecture, name, count(*) FROM guests GROUP BY prefecture

-- title: single rows beside a total without GROUP BY
-- card: E06 no_group_by
-- at: 'prefecture'
SELECT prefecture, count(*) FROM guests

-- title: a column that is only sorted by is not in GROUP BY
-- card: E06 ungrouped_column_in_order
-- at: 'name'
SELECT prefecture, count(*) FROM guests GROUP BY prefecture ORDER BY prefecture, name

-- title: a single row's column in HAVING
-- card: E06 ungrouped_column_in_having
-- at: 'name'
SELECT prefecture, count(*) FROM guests GROUP BY prefecture HAVING (count(*) > 1 AND name <> 'a')

-- title: a column in OVER that is not in GROUP BY is looked at in SELECT
-- card: E06 ungrouped_column
-- at: 'name'
SELECT prefecture, rank() OVER (ORDER BY name) FROM guests GROUP BY prefecture

-- title: sorting the one row of a total
-- card: E06 no_group_by_in_order
-- at: 'name'
WITH g AS (SELECT name, count(*) AS n FROM guests GROUP BY name) SELECT count(*) FROM g ORDER BY name

-- title: comparing single rows beside a total without GROUP BY
-- card: E06 no_group_by_in_having
-- at: 'name'
SELECT count(*) FROM guests HAVING name > 'a'

-- title: a column two tables have
-- card: E07 ambiguous_column
-- at: 'status'
SELECT status FROM guests JOIN visits ON guests.guest_id = visits.guest_id

-- title: one alias for two tables
-- card: E07 same_alias_twice
-- at: 'a'
SELECT * FROM guests a, visits a

-- title: an open bracket is shown where it opens, not where DuckDB noticed
-- card: E08 unclosed_bracket
-- at: '('
SELECT count(* FROM guests

-- title: an open bracket at the end of the text
-- card: E08 unclosed_bracket
-- at: '('
SELECT name FROM guests WHERE (age = 3

-- title: an open bracket before a later closed one
-- card: E08 unclosed_bracket
-- at: '('
SELECT count(*) FROM guests WHERE (age = 1 AND (age = 2) ORDER BY 1

-- title: a bracket too many
-- card: E08 extra_bracket
-- at: ')'
SELECT count*) FROM guests

-- title: CASE without END
-- card: E08 case_without_end
-- at: 'CASE'
SELECT CASE WHEN age = 3 THEN 'x' FROM guests

-- title: HAVING before GROUP BY
-- card: E08 clause_order
-- at: 'GROUP'
SELECT prefecture, count(*) FROM guests HAVING count(*) > 1 GROUP BY prefecture

-- title: WHERE after ORDER BY
-- card: E08 clause_order
-- at: 'WHERE'
SELECT name FROM guests ORDER BY name WHERE age = 3

-- title: LIMIT before ORDER BY
-- card: E08 clause_order
-- at: 'ORDER'
SELECT name FROM guests LIMIT 3 ORDER BY name

-- title: WHERE twice
-- card: E08 clause_twice_joined
-- at: 'WHERE'
SELECT name FROM guests WHERE age = 3 WHERE age = 4

-- title: ORDER without BY
-- card: E08 by_missing
-- at: 'ORDER'
SELECT name FROM guests ORDER name

-- title: FROM misspelt
-- card: E08 misspelt_keyword
-- at: 'FORM'
SELECT name FORM guests

-- title: SELECT misspelt
-- card: E08 misspelt_keyword
-- at: 'SELEC'
SELEC name FROM guests

-- title: WHERE misspelt, swallowed as an alias
-- card: E08 misspelt_keyword
-- at: 'WERE'
SELECT name FROM guests WERE age = 3

-- title: LIMIT misspelt
-- card: E08 misspelt_keyword
-- at: 'LIMT'
SELECT name FROM guests LIMT 3

-- title: DESC misspelt
-- card: E08 misspelt_keyword
-- at: 'DSC'
SELECT name FROM guests ORDER BY name DSC

-- title: DISTINCT misspelt, swallowed as a column
-- card: E08 misspelt_keyword
-- at: 'DISTINT'
SELECT DISTINT name FROM guests

-- title: WHERE with nothing after it
-- card: E08 unfinished
-- at: 'WHERE'
SELECT name FROM guests WHERE

-- title: AND with nothing after it
-- card: E08 unfinished
-- at: 'AND'
SELECT name FROM guests WHERE age = 3 AND

-- title: AS with no name after it
-- card: E08 unfinished
-- at: 'AS'
SELECT name AS FROM guests

-- title: AND OR in a row
-- card: E08 two_connectives
-- at: 'AND'
SELECT name FROM guests WHERE age = 3 AND OR age = 4

-- title: BETWEEN without AND
-- card: E08 between_without_and
-- at: ','
SELECT name FROM guests WHERE age BETWEEN 1, 2

-- title: LIKE without quotes
-- card: E14 like_without_quotes
-- at: '%a%'
SELECT name FROM guests WHERE name LIKE %a%

-- title: IS before a value
-- card: E10 is_something
-- at: '3'
SELECT name FROM guests WHERE age IS 3

-- title: TOP for LIMIT
-- card: E08 top_rows
-- at: 'TOP'
SELECT TOP 3 name FROM guests

-- title: a comma with nothing before it
-- card: E08 extra_comma
-- at: ','
SELECT , name FROM guests

-- title: LIMIT with two numbers
-- card: E08 limit_comma
-- at: ','
SELECT age FROM guests LIMIT 3, 4

-- title: a label of two words
-- card: E08 alias_in_two_words
-- at: '人 数'
SELECT count(*) AS 人 数 FROM guests

-- title: JOIN without ON
-- card: E27 join_without_on
-- at: 'visits'
SELECT name FROM guests JOIN visits WHERE age = 3

-- title: LEFT without JOIN
-- card: E27 join_word_missing
-- at: 'LEFT'
SELECT name FROM guests LEFT visits ON 1 = 1

-- title: WITH and no query
-- card: E08 with_without_query
-- at: 'WITH'
WITH a AS (SELECT 1)

-- title: a text that is no SQL
-- card: syntax not_sql
-- at: '東京都の人'
東京都の人

-- title: no FROM at all
-- card: E08 missing_from
-- at: 'name'
SELECT name

-- title: FROM forgotten before the table
-- card: E08 missing_from_before
-- at: 'guests'
SELECT name guests

-- title: SELECT with nothing after it
-- card: E08 nothing_selected
-- at: 'SELECT'
SELECT FROM guests

-- title: a text never closed
-- card: E08 unclosed_text
-- at: "'"
SELECT name
FROM guests
WHERE prefecture = '東京都
ORDER BY name

-- title: an apostrophe inside a text
-- card: E08 apostrophe
-- at: "'"
SELECT name FROM guests WHERE name = 'it's'

-- title: a quoted name never closed
-- card: E08 unclosed_name
-- at: '"'
SELECT name FROM "guests WHERE a = 1

-- title: a comment never closed
-- card: E08 unclosed_comment
-- at: '/'
SELECT name /* c FROM guests

-- title: something the parser can't read points one word back
-- card: E08 syntax
-- at: 'age'
SELECT name FROM guests WHERE NOT NULL age

-- title: DISTINCT of nothing
-- card: E08 syntax_somewhere
-- at: ''
SELECT count(DISTINCT) FROM guests

-- title: a text where a condition is needed
-- card: E21 text_as_condition
-- at: "'新宿'"
SELECT name FROM guests WHERE '新宿'

-- title: a date the calendar does not have
-- card: E16 not_a_date
-- at: "'2024-13-01'"
SELECT name FROM guests WHERE joined_at > '2024-13-01'

-- title: a text compared with a number
-- card: E16 text_as_number
-- at: "'x'"
SELECT name FROM guests WHERE age = 'x'

-- title: a date without quotes
-- card: E16 date_without_quotes
-- at: 'joined_at > 2024'
SELECT name FROM guests WHERE joined_at > 2024

-- title: values of different kinds compared
-- card: E16 types_differ
-- at: 'age'
SELECT name FROM guests WHERE age = [1]

-- title: a sum of texts
-- card: E16 wrong_arguments
-- at: 'sum(name)'
SELECT sum(name) FROM guests

-- title: a moment added to a moment
-- card: E16 wrong_operands
-- at: '+'
SELECT joined_at + joined_at FROM guests

-- title: too few values for a function
-- card: E16 argument_count
-- at: ''
SELECT ifnull(name) FROM guests

-- title: a unit of time that does not exist
-- card: E42 unknown_unit
-- at: ''
SELECT date_diff('dya', joined_at, joined_at) FROM guests

-- title: several rows where one value is needed
-- card: E16 several_rows
-- at: ''
SELECT (SELECT name FROM guests)

-- title: a whole division by zero
-- card: E34 division_by_zero
-- at: ''
SELECT 1 // 0

-- title: a number too large
-- card: E16 too_large
-- at: ''
SELECT 2147483647::INTEGER + 1::INTEGER

-- title: the old form of lambda
-- card: E08 old_lambda
-- at: ''
SELECT list_transform([1], x -> x + 1)

-- title: a window function in WHERE
-- card: E37 window_in_where
-- at: 'row_number() OVER (ORDER BY age)'
SELECT name FROM guests WHERE row_number() OVER (ORDER BY age) = 1

-- title: an aggregate of an aggregate
-- card: E45 nested_aggregate
-- at: 'count(*)'
SELECT sum(count(*)) FROM guests

-- title: ORDER BY a column number that is not there
-- card: E23 position_out_of_range
-- at: '5'
SELECT name FROM guests ORDER BY 5

-- title: UNION of unequal widths
-- card: E43 union_width
-- at: ''
SELECT name FROM guests UNION SELECT name, age FROM guests

-- title: a sub-query of two columns
-- card: E43 subquery_width
-- at: '(SELECT * FROM visits)'
SELECT name FROM guests WHERE guest_id NOT IN (SELECT * FROM visits)

-- title: a complaint without a card keeps DuckDB's words
-- card: engine engine
-- at: ''
SELECT name FROM guests UNION SELECT name FROM guests ORDER BY age

-- title: a function of BigQuery with the writer's own arguments
-- card: E01 foreign_function
-- at: 'safe_divide(count(*), sum(age))'
SELECT safe_divide(count(*), sum(age)) FROM guests

-- title: a unit of time that BigQuery writes without quotes
-- card: E01 foreign_function
-- at: 'date_trunc(joined_at, MONTH)'
SELECT date_trunc(joined_at, MONTH) FROM guests

-- title: the order of BigQuery's DATE_DIFF
-- card: E01 foreign_function
-- at: 'DATE_DIFF(joined_at, joined_at, DAY)'
SELECT DATE_DIFF(joined_at, joined_at, DAY) FROM guests

-- title: Excel's AND in the place of a condition
-- card: E01 foreign_function
-- at: "AND(age = 3, name = 'a')"
SELECT name FROM guests WHERE AND(age = 3, name = 'a')

-- title: a function of another database
-- card: E01 foreign_form
-- at: "nvl(name, 'x')"
SELECT nvl(name, 'x') FROM guests

-- title: Excel's VLOOKUP wants a join
-- card: E01 foreign_lookup
-- at: 'VLOOKUP(guest_id, visits, 2)'
SELECT VLOOKUP(guest_id, visits, 2) FROM guests

-- title: a slip inside of a known call is told as a slip
-- card: E01 unknown_column_near
-- at: 'nmae'
SELECT left(nmae, 2) FROM guests

-- title: a moment cut as a text
-- card: E01 foreign_function
-- at: 'left(joined_at, 7)'
SELECT left(joined_at, 7) FROM guests

-- title: a type of BigQuery
-- card: E01 foreign_type
-- at: 'FLOAT64'
SELECT CAST(age AS FLOAT64) FROM guests

-- title: an empty text for a blank date
-- card: E10 empty_text
-- at: "joined_at = ''"
SELECT name FROM guests WHERE joined_at = ''

-- title: an empty text for a blank number, with a prefix
-- card: E10 empty_text
-- at: "g.age <> ''"
SELECT name FROM guests g WHERE g.age <> ''

-- title: a text for true or false
-- card: E16 text_for_truth
-- at: "(age > 2) = 'x'"
SELECT name FROM guests WHERE (age = 3) AND (age > 2) = 'x'

-- title: a text alone after OR
-- card: E21 second_value_alone
-- at: "prefecture = '東京都' OR '新宿'"
SELECT name FROM guests WHERE prefecture = '東京都' OR '新宿'

-- title: columns joined by AND
-- card: E08 columns_joined_by_and
-- at: 'name AND prefecture'
SELECT name AND prefecture FROM guests

-- title: several values behind an equals sign
-- card: E21 several_values
-- at: "prefecture = '東京都', '大阪府'"
SELECT name FROM guests WHERE prefecture = '東京都', '大阪府'

-- title: several values in brackets behind an equals sign
-- card: E21 several_values
-- at: "prefecture = ('東京都', '大阪府')"
SELECT name FROM guests WHERE prefecture = ('東京都', '大阪府')

-- title: two ampersands for AND
-- card: E08 sign_for_word
-- at: '&&'
SELECT name FROM guests WHERE age = 3 && NOT name = 'a'

-- title: two bars for OR
-- card: E08 sign_for_word
-- at: '||'
SELECT name FROM guests WHERE age = 3 || age = 4

-- title: a comparison of three
-- card: E08 chained_comparison
-- at: '1 <= age <= 3'
SELECT name FROM guests WHERE 1 <= age <= 3

-- title: a second bound without its column
-- card: E21 half_condition
-- at: 'AND <='
SELECT name FROM guests WHERE age >= 1 AND <= 3

-- title: NOT before a sign
-- card: E46 not_before_sign
-- at: 'NOT ='
SELECT name FROM guests WHERE age NOT = 3

-- title: CONTAINS for LIKE
-- card: E14 contains
-- at: 'CONTAINS'
SELECT name FROM guests WHERE name CONTAINS 'a'

-- title: a column before EXISTS
-- card: E46 column_before_exists
-- at: 'guest_id NOT EXISTS'
SELECT name FROM guests WHERE guest_id NOT EXISTS (SELECT guest_id FROM visits)

-- title: a word of the task for DESC
-- card: E08 word_of_the_task
-- at: '降順'
SELECT name FROM guests ORDER BY age 降順

-- title: days without INTERVAL
-- card: E42 interval_word
-- at: '7 DAY'
SELECT joined_at - 7 DAY FROM guests

-- title: a label with a sign
-- card: E08 label_needs_quotes
-- at: 'rate%'
SELECT count(*) AS rate% FROM guests

-- title: a label that begins with a digit
-- card: E08 label_needs_quotes
-- at: '1人あたり'
SELECT count(*) AS 1人あたり FROM guests

-- title: COUNT without brackets
-- card: E08 call_without_brackets
-- at: 'COUNT *'
SELECT COUNT * FROM guests

-- title: USING without brackets
-- card: E08 call_without_brackets
-- at: 'USING guest_id'
SELECT name FROM guests JOIN visits USING guest_id

-- title: a function after a column without a comma
-- card: E02 missing_comma
-- at: 'prefecture COUNT(*)'
SELECT prefecture COUNT(*) FROM guests GROUP BY prefecture

-- title: OVER without brackets
-- card: E37 over_without_brackets
-- at: 'OVER'
SELECT rank() OVER ORDER BY age FROM guests

-- title: CASE without WHEN
-- card: E08 case_without_when
-- at: 'CASE'
SELECT CASE age = 3 THEN 'x' END FROM guests

-- title: WHEN without THEN
-- card: E08 case_without_then
-- at: "'x'"
SELECT CASE WHEN age = 3 'x' END FROM guests

-- title: a comma inside CASE
-- card: E08 comma_in_case
-- at: ','
SELECT CASE WHEN age = 3 THEN 'x', ELSE 'y' END FROM guests

-- title: the digits inside the wrong brackets
-- card: E48 misplaced_digits
-- at: 'round(avg(age, 1))'
SELECT round(avg(age, 1)) FROM guests

-- title: two columns in one COUNT
-- card: E16 one_column_a_call
-- at: 'count(name, age)'
SELECT count(name, age) FROM guests

-- title: a table where a column is wanted
-- card: E01 table_as_column
-- at: 'visits'
SELECT visits FROM guests

-- title: a column of another table than the one that is read
-- card: E27 column_of_another_table
-- at: 'visited_at'
SELECT visited_at FROM guests

-- title: a prefix of another table than the one that is read
-- card: E27 prefix_of_another_table
-- at: 'visits.amount'
SELECT visits.amount FROM guests

-- title: a short name that FROM does not give
-- card: E01 alias_not_given
-- at: 'v.guest_id'
SELECT v.amount FROM guests g JOIN visits ON v.guest_id = g.guest_id

-- title: a key that does not say its tables
-- card: E07 key_without_tables
-- at: 'guest_id'
SELECT name FROM guests JOIN visits ON guest_id = guest_id

-- title: a letter without quotes and no FROM
-- card: E08 text_or_from
-- at: 'B'
SELECT B AS answer

-- title: two HAVINGs become one
-- card: E08 clause_twice_joined
-- at: 'HAVING'
SELECT prefecture FROM guests GROUP BY prefecture HAVING count(*) > 1 HAVING count(*) < 9

-- title: two WHEREs with OR keep their brackets
-- card: E08 clause_twice_joined
-- at: 'WHERE'
SELECT name FROM guests WHERE age = 1 OR age = 2 WHERE name = 'a'

-- title: two ORDER BYs become one
-- card: E08 clause_twice_joined
-- at: 'ORDER'
SELECT name FROM guests ORDER BY age ORDER BY name

-- title: FROM twice
-- card: E08 clause_twice
-- at: 'FROM'
SELECT name FROM guests FROM visits

-- title: a number added to a moment
-- card: E42 number_beside_time
-- at: '+'
SELECT joined_at + 9 FROM guests

-- title: Excel's ampersand
-- card: E16 ampersand_joins_nothing
-- at: "name & 'x'"
SELECT name & 'x' FROM guests

-- title: IS BLANK for IS NULL
-- card: E10 is_blank
-- at: 'BLANK'
SELECT name FROM guests WHERE age IS BLANK

-- title: a pattern without quotes at the end
-- card: E14 like_without_quotes
-- at: 'a%'
SELECT name FROM guests WHERE name LIKE a%

-- title: a date in the writer's own digits
-- card: E16 date_without_quotes
-- at: 'joined_at >= 2025-4-1'
SELECT name FROM guests WHERE joined_at >= 2025-4-1

-- title: GROUPBY in one word
-- card: E08 misspelt_keyword
-- at: 'GROUPBY'
SELECT prefecture FROM guests GROUPBY prefecture

-- title: a comma between two conditions
-- card: E08 comma_for_and
-- at: ','
SELECT guest_id FROM guests WHERE prefecture = '大阪府', status IS NULL

-- title: a second query below the first
-- card: not_allowed second_query
-- at: 'SELECT name FROM guests'
SELECT guest_id FROM guests
SELECT name FROM guests
