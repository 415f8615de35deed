"""The pages: words, looks and working without JavaScript."""
