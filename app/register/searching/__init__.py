"""Answering the public's searches: the present register's, and the register's as it stood."""
