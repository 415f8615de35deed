"""The suite: a real PostgreSQL built by the migrations, and the roles the service runs as."""
