"""Tests of the law asked over HTTP."""
