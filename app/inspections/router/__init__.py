"""Quality assurance over HTTP."""
