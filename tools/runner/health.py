"""Whether the web server in this container is healthy, for its health check: exit code 0 or 1."""

import os
import sys

from tools.runner.commands import EVERYWHERE
from tools.runner.preflight import LOOPBACK, answers


def main() -> int:
    """Asks under a host name that the settings allow, as a visitor would."""
    allowed = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    port = int(EVERYWHERE.rpartition(":")[2])
    return 0 if answers(port, host=allowed or LOOPBACK) else 1


if __name__ == "__main__":
    sys.exit(main())
