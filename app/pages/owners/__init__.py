"""The pages on which owners keep their providers' records and apply to be listed."""
