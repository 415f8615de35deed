"""Every statement on organisations, people, sign-in and machines, one file a subject."""
