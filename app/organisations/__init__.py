"""Organisations, the people and machines that act for them, and how each shows who they are.

Its words: an organisation has members; a member is a person with roles there; a person signs in, a
machine presents a token; either way the outcome is an `Actor`. Schools, trusts and authorities are
public facts; owners of providers, people and credentials are seen row by row. May import places,
audit, outbox, ledger, http and below.
"""
