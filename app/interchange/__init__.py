"""Files in and out: imports that land whole or not at all, exports that say what they are.

Words: a *run* is one import of one file; a *fault* is one thing wrong in it, with line, column,
value and cure; a run *lands* when its rows are committed.
"""
