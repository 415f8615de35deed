"""The record of acts, against a real PostgreSQL."""
