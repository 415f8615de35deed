"""A PostgreSQL server of our own, for the first run and the tests; no installation, no root needed.

Everything lives in one folder (`DATA_DIR`): the data, the log, and how to reach the server. One
process at a time owns the server and stops it when it ends; others that come meanwhile use it.
"""
