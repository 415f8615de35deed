"""How much memory a process held at most, by the kernel's own mark for that program.

What `wait4` tells begins with what the parent held when it started the child, and a test run that
has come far holds more than many a command.
"""

import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_BETWEEN_LOOKS = 0.02
_MARK = re.compile(r"VmHWM:\s+(\d+) kB")


def output_and_megabytes(process: subprocess.Popen[bytes]) -> tuple[bytes, int]:
    """Let a process run to its end; return what it said and the most memory it held, megabytes."""
    assert process.stdout is not None
    most = 0
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(process.stdout.read)
        while not reading.done():
            most = max(most, _mark_of(process.pid))
            time.sleep(_BETWEEN_LOOKS)
    process.wait()
    assert most, "the process was never seen at work"
    return reading.result(), most // 1024


def _mark_of(pid: int) -> int:
    """Return the mark in kilobytes, or nought once the process has ended."""
    try:
        found = _MARK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(found[1]) if found else 0
