"""The pages people read: the register, and what people who are signed in see to; in plain HTML.

A page shows what the JSON of the same address shows, from the same query. It may import any
slice's queries and services; nothing imports it but `main` and `cli`. Public pages are the same for
everybody and hold nothing about a child; those of people who are signed in are kept by nobody
(`signed_in`). Pages work without JavaScript, and no page holds an inline script or style.
"""
