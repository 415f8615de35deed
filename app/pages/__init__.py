"""The pages people read: searching the register and one provider's record, in plain HTML.

A page shows what the JSON of the same address shows, from the same query. It may import any
slice's queries and services; nothing imports it but `main` and `cli`. Every page is public and
holds nothing about a child. Pages work without JavaScript, and no page holds an inline script or
style.
"""
