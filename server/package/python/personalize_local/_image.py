"""The server in a container, where there is no program for the platform.

The client of the container engine is the child: what happens to its stdin happens to that of the server.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from ._child import StartError
from ._program import arguments_of, platform_name
from ._release import IMAGE

PORT = 7377
PATHS = ("fixtures", "credentials")  # options whose files a container can be given
WITHOUT = ("host", "db", "tls_cert", "tls_key", "tls_port", "tls_name")


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]


def _find_engine(why: str) -> str:
    """The client of the container engine that works here. Raises StartError with what is missing."""
    silent = []
    for command in ("docker", "podman"):
        try:
            asked = subprocess.run([command, "info"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        except OSError:
            continue
        if asked.returncode == 0:
            return command
        silent.append(f"{command} does not work ({_first_line(asked.stderr) or _first_line(asked.stdout)}): start it")
    missing = silent[0] if silent else "neither docker nor podman is installed: install one of them"
    raise StartError(f"{why}, but {missing}, or set PERSONALIZE_LOCAL_ENDPOINT to a server that runs already")


def _mounted(flags: Mapping[str, Any]) -> Tuple[Dict[str, Any], List[str]]:
    """The options for the server in the container, and the volumes with the files that they name."""
    inside: Dict[str, Any] = dict(flags)
    volumes: List[str] = []
    for name in PATHS:
        given = flags.get(name)
        if given is None:
            continue
        inside[name] = []
        for path in given if isinstance(given, (list, tuple)) else [given]:
            source = Path(path).absolute()
            if not source.exists():
                raise StartError(f"{name}: there is no file or folder {path}")
            target = f"/mounted/{len(volumes)}/{source.name}"
            volumes.append(f"--volume={source}:{target}:ro")
            inside[name].append(target)
    return inside, volumes


def container_of(flags: Mapping[str, Any], given_image: Optional[str]) -> Tuple[List[str], Callable[[], str]]:
    """The command that runs the image, and a function that returns the endpoint once the server is ready."""
    image = given_image or os.environ.get("PERSONALIZE_LOCAL_IMAGE") or IMAGE
    for name in WITHOUT:
        if flags.get(name) is not None:
            raise StartError(f"it runs as the image {image} here, which cannot be given {name}")
    s3 = flags.get("s3")
    if s3 is not None and "://" not in s3 and s3 != "none":
        raise StartError(f"it runs as the image {image} here, which cannot be given a folder as s3: give an endpoint")
    rest = {name: value for name, value in flags.items() if name != "port"}
    inside, volumes = _mounted(rest)
    reason = f"there is no program for {platform_name()}, so its image is run"
    engine = _find_engine("its image was asked for" if given_image else reason)
    name = f"personalize-local-{secrets.token_hex(6)}"
    publish = f"--publish=127.0.0.1:{flags.get('port') or ''}:{PORT}"
    options = ["--rm", "--interactive", f"--name={name}", publish, "--cap-drop=ALL", *volumes]
    command = [engine, "run", *options, image, f"--port={PORT}", "--end-with=stdin", *arguments_of(inside)]

    def find() -> str:
        asked = subprocess.run([engine, "port", name, f"{PORT}/tcp"], capture_output=True, text=True)
        if asked.returncode != 0:
            raise StartError(f"{engine} does not know the port of the container", asked.stderr)
        return f"http://{_first_line(asked.stdout)}"

    return command, find
