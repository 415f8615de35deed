"""The pages on which officers assess, decide, and keep what they know of providers."""
