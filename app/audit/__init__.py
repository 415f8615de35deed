"""Who did what to what, why, under which role; and who looked. Only ever added to.

Written by every slice, inside the transaction that did it; a refusal is written in one of its own.
May import http and below.
"""
