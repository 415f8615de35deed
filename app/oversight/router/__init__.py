"""Follow-ups and counts over HTTP."""
