"""Questions to the law over HTTP: public and keyless; nothing of them is kept or logged."""
