"""What tests do to a server, or to one account of it, by calls under /_local/."""

from __future__ import annotations

import datetime
from typing import Any, Dict, List, Mapping, Optional, Protocol, Sequence, Union
from urllib.parse import quote

from ._control import Query, control

Json = Dict[str, Any]
#: `"250ms"`, `"2s"`, `"5m"`, `"1h"`; a number is in seconds.
Duration = Union[str, int, float, datetime.timedelta]
Rules = Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]
#: Rows by their columns, or CSV as a text.
Rows = Union[str, Sequence[Mapping[str, Any]]]


def _duration(by: Duration) -> str:
    if isinstance(by, str):
        return by
    seconds = by.total_seconds() if isinstance(by, datetime.timedelta) else by
    return f"{round(seconds * 1000)}ms"


class _Call(Protocol):
    def __call__(
        self,
        method: str,
        path: str,
        query: Optional[Query] = None,
        body: Any = None,
        content_type: Optional[str] = None,
    ) -> Any: ...


class Setting:
    """A setting that can be read and replaced."""

    def __init__(self, call: _Call, path: str) -> None:
        self._call = call
        self._path = path

    def get(self) -> Json:
        return self._call("GET", self._path)

    def set(self, setting: Mapping[str, Any]) -> Json:
        return self._call("PUT", self._path, body=setting)


class Clock(Setting):
    """The clock of the service: a dict of `mode`, `now` and `speed`, and of what was `done` while it was moved."""

    def freeze(self, now: Union[str, datetime.datetime, None] = None) -> Json:
        """Stops the clock, at `now` if it is given: a text in ISO 8601, or a datetime with a time zone."""
        if isinstance(now, datetime.datetime):
            if now.tzinfo is None:
                raise ValueError(f"now: expected a datetime with a time zone, found {now!r}")
            now = now.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return self.set({"mode": "frozen", **({"now": now} if now else {})})

    def run(self, speed: float = 1) -> Json:
        """Lets the clock run, `speed` times as fast as real time."""
        return self.set({"mode": "real", "speed": speed})

    def advance(self, by: Duration) -> Json:
        return self._call("POST", "clock/advance", body={"by": _duration(by)})

    def advance_until_idle(self) -> Json:
        """Moves the clock to the moment when no resource has a timed change of its status left."""
        return self._call("POST", "clock/advance", body={"until": "idle"})


class RuleList:
    """What happens to some requests."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def _send(self, method: str, rules: Rules) -> List[Json]:
        body = {"rules": [rules] if isinstance(rules, Mapping) else list(rules)}
        return self._call(method, "rules", body=body)["rules"]

    def list(self) -> List[Json]:
        return self._call("GET", "rules")["rules"]

    def add(self, rules: Rules) -> List[Json]:
        return self._send("POST", rules)

    def replace(self, rules: Rules) -> List[Json]:
        return self._send("PUT", rules)

    def remove(self, id: str) -> None:
        self._call("DELETE", f"rules/{quote(id, safe='')}")

    def clear(self) -> None:
        self._call("DELETE", "rules")


class State:
    """Everything as a fixtures document. A text is sent as it is."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def get(self, data: Optional[bool] = None) -> Json:
        return self._call("GET", "state", {"data": data})

    def replace(self, document: Union[str, Mapping[str, Any]]) -> Json:
        return self._call("PUT", "state", body=document)

    def add(self, document: Union[str, Mapping[str, Any]]) -> Json:
        return self._call("POST", "state", body=document)


class Data:
    """The rows of datasets."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def _send(self, method: str, dataset: str, rows: Rows) -> Json:
        if isinstance(rows, str):
            return self._call(method, "data", {"dataset": dataset}, rows, "text/csv")
        return self._call(method, "data", {"dataset": dataset}, {"rows": list(rows)})

    def get(self, dataset: str, **query: Union[str, int]) -> Json:
        """A page: `rows`, and `next` if there are more. `limit`, `after`, `id`, `userId`, `itemId`, `actionId`."""
        return self._call("GET", "data", {"dataset": dataset, **query})

    def replace(self, dataset: str, rows: Rows) -> Json:
        return self._send("PUT", dataset, rows)

    def add(self, dataset: str, rows: Rows) -> Json:
        return self._send("POST", dataset, rows)


class Events:
    """What Personalize Events was sent, the newest first."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def list(self, **query: Union[str, int]) -> List[Json]:
        return self._call("GET", "events", query)["events"]

    def clear(self) -> None:
        self._call("DELETE", "events")


class Tenant:
    """One account of a server, or all of it. Each method raises ControlError if the server refuses the call."""

    def __init__(self, endpoint: str, region: str, account: Optional[str], home: str = "000000000000") -> None:
        self.endpoint = endpoint
        self.region = region
        #: The account of its ARNs.
        self.account = account or home
        self._only = account
        self.clock = Clock(self.call, "clock")
        self.rules = RuleList(self.call)
        #: How resources change their status, for everything that starts from now on.
        self.lifecycle = Setting(self.call, "lifecycle")
        self.quotas = Setting(self.call, "quotas")
        self.state = State(self.call)
        self.data = Data(self.call)
        self.events = Events(self.call)

    def call(
        self,
        method: str,
        path: str,
        query: Optional[Query] = None,
        body: Any = None,
        content_type: Optional[str] = None,
    ) -> Any:
        """Any call under `/_local/`: `call("GET", "metrics")`."""
        narrowed: Query = {**(query or {}), "account": self._only}
        return control(self.endpoint, method, path, narrowed, body, content_type)

    @property
    def client_config(self) -> Dict[str, str]:
        """For a client: `boto3.client("personalize", **tenant.client_config)`."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": self.region,
            "aws_access_key_id": self._only or "local",
            "aws_secret_access_key": "local",
        }

    @property
    def env(self) -> Dict[str, str]:
        """The same as variables of the environment, for code that makes its own clients."""
        return {
            "AWS_ENDPOINT_URL_PERSONALIZE": self.endpoint,
            "AWS_ENDPOINT_URL_PERSONALIZE_EVENTS": self.endpoint,
            "AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": self._only or "local",
            "AWS_SECRET_ACCESS_KEY": "local",
        }

    def arn(self, resource: str) -> str:
        """The ARN of a resource: `tenant.arn("solution/movies")`."""
        return f"arn:aws:personalize:{self.region}:{self.account}:{resource}"

    def health(self) -> Json:
        return self.call("GET", "health")

    def wait(self, arn: str, status: Optional[str] = None, timeout: Optional[Duration] = None) -> Json:
        """Returns when the resource has the status, or any terminal one. `timeout` is in real time."""
        longest = None if timeout is None else _duration(timeout)
        return self.call("GET", "wait", {"arn": arn, "status": status, "timeout": longest})

    def transition(
        self, arn: str, to: Optional[str] = None, failure_reason: Optional[str] = None, force: bool = False
    ) -> Json:
        """Changes the status of a resource now. Without `to`, it goes one step forward."""
        members = {"arn": arn, "to": to, "failureReason": failure_reason, "force": force or None}
        return self.call("POST", "transition", body={name: each for name, each in members.items() if each is not None})

    def history(self, arn: str) -> List[Json]:
        return self.call("GET", "history", {"arn": arn})["history"]

    def train(self, arn: str) -> Json:
        """Lets a solution version or recommender know the rows of this moment."""
        return self.call("POST", "train", body={"arn": arn})

    def explain(self, question: Mapping[str, Any]) -> Json:
        """What the next request for recommendations would get, and why."""
        return self.call("POST", "explain", body=question)

    def requests(
        self, operation: Optional[str] = None, arn: Optional[str] = None, limit: Optional[int] = None
    ) -> Json:
        """`requests`, the newest first, and `counts` by operation."""
        return self.call("GET", "requests", {"operation": operation, "arn": arn, "limit": limit})

    def clear_requests(self) -> None:
        self.call("DELETE", "requests")

    def reset(self, fixtures: Optional[bool] = None) -> Json:
        """Goes back to the fixtures of the start, or with `fixtures=False` to nothing."""
        return self.call("POST", "reset", {"fixtures": fixtures})
