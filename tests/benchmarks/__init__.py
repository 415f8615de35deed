"""Benchmarks: run by hand, never by the test suite; what they answer is in docs/performance.md."""
