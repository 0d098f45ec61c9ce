"""Runs the installed AWS CLI many times with only one import.

usage: PYTHON cli_fork.py AWS. Prints the path of a socket. A client sends one line of JSON, {args, env}, and receives
{code, stdout, stderr}. Each connection runs the unchanged script AWS in a new process, forked from one that has only
imported the CLI. Ends when the standard input ends.
"""

import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback

FOUND = dict(os.environ)
import awscli.clidriver  # noqa: E402, F401
import awscli.handlers  # noqa: E402, F401

SET_BY_IMPORT = {name: value for name, value in os.environ.items() if FOUND.get(name) != value}

LONGEST_RUN_SECONDS = 600


def run(script, args):
    """Runs the script and returns the exit code that Python would return."""
    sys.argv = [script, *args]
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # Python prints the traceback and exits with 1
        traceback.print_exc()
        return 1
    return 0


def serve(connection, script):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.alarm(LONGEST_RUN_SECONDS)
    request = json.loads(connection.makefile().readline())
    files = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
    for number, file in enumerate(files, start=1):
        os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(request["env"] | SET_BY_IMPORT)
    time.tzset()
    code = run(script, request["args"])
    sys.stdout.flush()
    sys.stderr.flush()
    printed = []
    for file in files:
        file.seek(0)
        printed.append(file.read().decode())
    connection.sendall(json.dumps({"code": code, "stdout": printed[0], "stderr": printed[1]}).encode())


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    folder = tempfile.mkdtemp(prefix="personalize-local-")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.join(folder, "aws"))
    listener.listen(64)
    print(listener.getsockname(), flush=True)
    commands = os.open(os.devnull, os.O_RDONLY)
    stdin = os.dup(0)
    os.dup2(commands, 0)  # forked processes have an empty standard input
    while True:
        ready, _, _ = select.select([listener, stdin], [], [])
        if stdin in ready:
            shutil.rmtree(folder)
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            serve(connection, sys.argv[1])
            os._exit(0)
        connection.close()


main()
