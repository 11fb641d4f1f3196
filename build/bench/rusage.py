# Runs one command with its output thrown away; prints wall seconds, processor seconds and peak kilobytes of it and all it started.
import os
import subprocess
import sys
import time

begin = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
complaint = child.stderr.read()
_, status, usage = os.wait4(child.pid, 0)
wall = time.perf_counter() - begin
if status != 0:
    sys.stderr.buffer.write(complaint)
    sys.exit(1)
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
