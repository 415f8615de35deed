"""Files in and out: imports that land whole or not at all, exports that say what they are.

Words: a *run* is one import of one file; a *fault* is one thing wrong in it, with line, column,
value, problem and cure; a *remark* is something to look at that keeps nothing out; a run *lands*
when its rows are committed. Every import is validated, reported, and then landed, in one
transaction as the operator: `csv_files` reads, `faults` gathers, `service` decides and records.
"""
