"""Who is told of a placement: notices composed from the record, and that they were sent."""
