"""Starts a server, or finds the one that runs already."""

from __future__ import annotations

import atexit
import os
import re
import secrets
import warnings
from types import TracebackType
from typing import Any, Dict, Mapping, Optional, Sequence, Type, Union

from ._child import Child, StartError
from ._control import ControlError
from ._image import container_of
from ._program import arguments_of, find_program
from ._tenant import Tenant

Paths = Union[str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]]]
Texts = Union[str, Sequence[str]]


class Server(Tenant):
    """A server, and all accounts of it. It is a context manager: it is stopped at the end."""

    def __init__(
        self,
        endpoint: str,
        region: str,
        home: str,
        child: Optional[Child] = None,
        https_endpoint: Optional[str] = None,
    ) -> None:
        super().__init__(endpoint, region, None, home)
        #: With `tls_cert`.
        self.https_endpoint = https_endpoint
        self._child = child

    @property
    def log(self) -> str:
        """The end of what the server has written to stderr."""
        return self._child.log() if self._child else ""

    def tenant(self, account: Optional[str] = None) -> Tenant:
        """An account with its own copy of the fixtures, and its own clock, rules and journal. Default: a fresh one."""
        tenant = Tenant(self.endpoint, self.region, account or str(10**11 + secrets.randbelow(9 * 10**11)))
        tenant.reset()
        return tenant

    def stop(self) -> None:
        """Ends the server. A server that was there already goes on."""
        if self._child:
            atexit.unregister(self._child.stop)
            self._child.stop()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.stop()


def _attach(endpoint: str, region: str, home: str, flags: Mapping[str, Any]) -> Server:
    """The server at an address that the environment names. Nothing is started, and nothing is stopped."""
    server = Server(endpoint, region, home)
    try:
        server.health()
    except ControlError as error:
        reason = f"PERSONALIZE_LOCAL_ENDPOINT is {endpoint}, and no server is ready there: {error}"
        raise StartError(reason) from error
    if flags:
        names = ", ".join(flags)
        text = f"the server at {endpoint} runs already, so these options do not reach it: {names}"
        warnings.warn(text, stacklevel=3)
    return server


def _endpoints_in(line: str) -> Dict[str, str]:
    """The addresses in the ready line, as a client can use them."""
    found = re.search(r" ready on (\S+)(?: and (\S+))? \(", line)
    if not found:
        raise StartError(f"it printed {line}")
    reachable = [url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:") for url in found.groups() if url]
    return dict(zip(("endpoint", "https_endpoint"), reachable))


def _environment() -> Dict[str, str]:
    """The variables of this process. Those of the packages are not for the program."""
    ours = ("PERSONALIZE_LOCAL_ENDPOINT", "PERSONALIZE_LOCAL_IMAGE")
    return {name: value for name, value in os.environ.items() if name not in ours}


def _flags_among(options: Mapping[str, Any]) -> Dict[str, Any]:
    others = ("program", "image", "start_timeout")
    return {name: value for name, value in options.items() if name not in others and value is not None}


def start(
    *,
    program: Optional[str] = None,
    image: Optional[str] = None,
    start_timeout: float = 60,
    host: Optional[Texts] = None,
    port: Optional[int] = None,
    threads: Optional[int] = None,
    tls_cert: Optional[str] = None,
    tls_key: Optional[str] = None,
    tls_port: Optional[int] = None,
    tls_name: Optional[Texts] = None,
    auth: Optional[str] = None,
    credentials: Optional[str] = None,
    allowed_host: Optional[Texts] = None,
    cors_origin: Optional[Texts] = None,
    db: Optional[str] = None,
    fixtures: Optional[Paths] = None,
    fixtures_json: Union[str, Mapping[str, Any], None] = None,
    fixtures_for: Optional[Texts] = None,
    s3: Optional[str] = None,
    s3_timeout: Optional[str] = None,
    account: Optional[str] = None,
    region: Optional[str] = None,
    quotas: Optional[str] = None,
    references: Optional[str] = None,
    progression: Optional[str] = None,
    pending: Optional[str] = None,
    in_progress: Optional[str] = None,
    calls: Optional[int] = None,
    status_names: Optional[str] = None,
    clock: Optional[str] = None,
    seed: Optional[int] = None,
    journal: Optional[int] = None,
    log_level: Optional[str] = None,
    log_format: Optional[str] = None,
) -> Server:
    """Starts a server on a free port, which ends with this process at the latest.

    The options are the flags of the program by their names: `in_progress` is --in-progress, and a list repeats a flag.
    `program` is a program to start instead of the one that the package brings. `image` is an image to run by docker or
    podman instead; it is also run where there is no program for the platform. `start_timeout` is in seconds.

    If PERSONALIZE_LOCAL_ENDPOINT is set, this is the server that runs there already.
    """
    flags = _flags_among(locals())
    place = {"region": region or "us-east-1", "home": account or "000000000000"}
    running = os.environ.get("PERSONALIZE_LOCAL_ENDPOINT")
    if running:
        unreached = {name: value for name, value in flags.items() if name not in ("region", "account")}
        return _attach(running.rstrip("/"), flags=unreached, **place)

    program = program or find_program()
    find = None
    if image or not program:
        command, find = container_of(flags, image)
        child = Child(command, os.environ)
    else:
        child = Child([program, "--port=0", "--end-with=stdin", *arguments_of(flags)], _environment())
    line = child.ready(start_timeout)
    try:
        found = {"endpoint": find()} if find else _endpoints_in(line)
    except StartError:
        child.kill()
        raise
    atexit.register(child.stop)
    return Server(child=child, **found, **place)
