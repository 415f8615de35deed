"""Children as their commissioners hold them: one row and one key for a child of a commissioner."""
