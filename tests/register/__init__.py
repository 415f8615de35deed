"""Publishing and searching, against a real PostgreSQL."""
