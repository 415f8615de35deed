"""What people do with organisations, memberships, credentials and machines, one file a subject."""
