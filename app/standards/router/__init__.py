"""Standards and policies over HTTP: read by everybody, drafted and published by the department."""
