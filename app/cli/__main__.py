"""Lets `python -m app.cli` stand in for `ap-register`."""

from app.cli import main

main()
