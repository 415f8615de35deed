"""The register's statements, each against a real PostgreSQL."""
