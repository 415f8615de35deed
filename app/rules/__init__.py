"""The law: pure functions over dated values, each answer with its reason and its source.

Imports nothing but the standard library and `app.values`. The day is always handed in.
"""
