"""Try many statements on the SQL sandbox: each in a process that is forked from one which has loaded it already.

`python attempted.py SNAPSHOT SECONDS` takes a JSON list of statements and prints a JSON list of (exit status, what the
sandbox answered). The sandbox itself is the one that `vnjp sql` starts, from its first line on.
"""

import json
import os
import select
import signal
import sys
import time

from warehouse import sandbox


def attempt(snapshot, sql, seconds):
    asked, question = os.pipe()
    answered, answer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(asked, 0)
        os.dup2(answer, 1)
        for end in (asked, question, answered, answer):
            os.close(end)
        sandbox.main(snapshot, "10000", seconds)
        os._exit(99)
    os.close(asked)
    os.close(answer)
    os.write(question, sql.encode())
    os.close(question)
    told, end = b"", time.monotonic() + float(seconds)
    while select.select([answered], [], [], max(0.0, end - time.monotonic()))[0] and (
        some := os.read(answered, 1 << 20)
    ):
        told += some
    os.close(answered)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told.decode("utf-8", "replace")


if __name__ == "__main__":
    print(json.dumps([attempt(sys.argv[1], sql, sys.argv[2]) for sql in json.load(sys.stdin)]))
