"""A local Amazon Personalize for tests: the server, and what tests do to it.

start() starts a server on a free port, which ends with this process at the latest. A Server, and each Tenant of it,
moves clocks, adds rules, changes statuses and reads the journal.
"""

from ._child import StartError
from ._control import ControlError
from ._server import Server, start
from ._tenant import Tenant

__all__ = ["ControlError", "Server", "StartError", "Tenant", "start"]
