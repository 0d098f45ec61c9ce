"""Runs the program of this platform with the same arguments: `personalize-local` and `python -m personalize_local`."""

from __future__ import annotations

import os
import sys

from ._program import find_program, platform_name


def main() -> None:
    program = find_program()
    if not program:
        sys.exit(f"personalize-local: there is no program for {platform_name()}; run the image, or use start()")
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
