"""Tests of organisations over HTTP."""
