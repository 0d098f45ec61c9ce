"""A server as a child of this process. It ends when its stdin ends, so it cannot outlive this process."""

from __future__ import annotations

import os
import subprocess
import threading
from collections import deque
from typing import Deque, List, Mapping, Optional

LONGEST_STOP_SECONDS = 10
LONGEST_LOG = 2000  # lines
LONGEST_IN_MESSAGE = 4000  # characters


class StartError(Exception):
    """The server did not start. `exit_code` is None if it was not its end that failed."""

    def __init__(self, reason: str, stderr: str = "", exit_code: Optional[int] = None) -> None:
        super().__init__(f"personalize-local did not start: {reason}" + (f"\n{stderr.rstrip()}" if stderr else ""))
        self.stderr = stderr
        self.exit_code = exit_code


def _described(code: int) -> str:
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"


class Child:
    def __init__(self, command: List[str], env: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        try:
            # An interrupt from the terminal is for the tests: they end the server, once they need it no more.
            self._process = subprocess.Popen(
                command, env=env, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            raise StartError(str(error)) from error
        self._lines: Deque[str] = deque(maxlen=LONGEST_LOG)
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self._is_stopped = False

    def _read_log(self) -> None:
        assert self._process.stderr
        with self._process.stderr as pipe:
            for line in pipe:
                self._lines.append(line.decode(errors="replace"))

    def log(self) -> str:
        """The end of what the server has written to stderr."""
        return "".join(list(self._lines))

    def ready(self, within_seconds: float) -> str:
        """The line that the server prints when it is ready. Raises StartError if there is none in time."""
        assert self._process.stdout
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(within_seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            line = self._process.stdout.readline().decode(errors="replace").rstrip()
        finally:
            timer.cancel()
        if line:
            return line
        code = self._wait()
        if late.is_set():
            raise StartError(f"it was not ready within {within_seconds} seconds", self.log())
        raise StartError(_described(code), self.log(), code)

    def kill(self) -> None:
        self._process.kill()
        self._wait()

    def stop(self) -> None:
        """Ends the server. Raises RuntimeError with its log if it has ended badly."""
        if self._is_stopped:
            return
        assert self._process.stdin
        if os.name == "posix":
            self._process.terminate()  # forks of this process may hold the pipe open
        self._process.stdin.close()
        code = self._wait(LONGEST_STOP_SECONDS)
        if code != 0:
            tail = self.log()[-LONGEST_IN_MESSAGE:].rstrip()
            raise RuntimeError(f"personalize-local ended badly: {_described(code)}\n{tail}")

    def _wait(self, at_most_seconds: Optional[float] = None) -> int:
        """The exit code. A process that does not end in time is killed."""
        self._is_stopped = True
        try:
            code = self._process.wait(at_most_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join()
        for each in (self._process.stdin, self._process.stdout):
            if each:
                each.close()
        return code
