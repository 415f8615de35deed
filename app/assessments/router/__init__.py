"""Site checks and assessments over HTTP."""
