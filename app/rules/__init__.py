"""The law: pure functions over dated values, each answer with its reason and its source.

Imports nothing but the standard library, `app.values` and a library that knows the bank holidays.
The day is always handed in.
"""
