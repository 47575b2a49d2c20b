"""A terminal for a test: runs a program in it, types what comes in, and hands out what is on its screen as it comes.

Each line of input is a JSON string that is typed; the end of the input closes the terminal. Only the standard library.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

waiting = b""
sources = [terminal, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            shown = b""
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if not typed:
            sources.remove(0)
            os.close(terminal)
            break
        waiting += typed
        while b"\n" in waiting:
            line, waiting = waiting.split(b"\n", 1)
            os.write(terminal, json.loads(line).encode())
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128)
