"""Who is told of a placement: by which notice, what it says, by when, and on what authority."""
