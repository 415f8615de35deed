"""What providers are measured by: versions of the standards, and policies with their days.

May import organisations and what lies below. A published version never changes.
"""
