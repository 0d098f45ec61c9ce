"""The program of this platform, which the package brings, and its arguments."""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path
from typing import Any, List, Mapping, Optional

LONGEST_ARGUMENT = 120 * 1024  # bytes; Linux takes a little more


def platform_name() -> str:
    return f"{sys.platform}-{platform.machine().lower()}"


def find_program() -> Optional[str]:
    """The path of the program, or None if there is none for this platform."""
    program = Path(__file__).parent / "bin" / "personalize-local"
    return str(program) if program.is_file() else None


def _argument(name: str, value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value) if isinstance(value, Mapping) else str(value)
    size = len(os.fsencode(text))
    if size > LONGEST_ARGUMENT:
        remedy = ": write it to a file, and give the path as fixtures" if name == "fixtures_json" else ""
        raise ValueError(f"{name} has {size} bytes, and at most {LONGEST_ARGUMENT} fit{remedy}")
    return f"--{name.replace('_', '-')}={text}"


def arguments_of(flags: Mapping[str, Any]) -> List[str]:
    """The options as flags: `in_progress` is --in-progress, a list repeats its flag. The program checks them."""
    given = ((name, value if isinstance(value, (list, tuple)) else [value]) for name, value in flags.items())
    return [_argument(name, each) for name, values in given for each in values if each is not None]
