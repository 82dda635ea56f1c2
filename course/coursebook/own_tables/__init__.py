"""Practice made from a company's own tables: patterns, bound to what its columns mean, become templates that are proved.

`made_drills(schema, mapping, course, data)` says what is offered and what is refused, with the reasons; `write_course`
puts what is offered into a course folder.
"""
