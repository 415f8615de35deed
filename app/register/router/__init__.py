"""The register over HTTP, by subject."""
