"""Evidence files: what is taken in, where it lies, whether it was scanned, and handing it out.

What a file is evidence of, who may see it beside its owner, and until when it counts, is said by
the slices above. May import `audit`, `outbox` and what lies below them.
"""
