"""Keys that live outside the database, and what is sealed under them.

Every sealed value has a data key of its own, wrapped under one of the keyring's keys; turning the
keyring re-wraps data keys and never touches what they encrypt. Knows no database.
"""
