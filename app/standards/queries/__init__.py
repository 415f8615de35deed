"""Every SQL statement about standards and policies with days."""
