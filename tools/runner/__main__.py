"""`make run`: the whole site in one foreground command that leaves nothing behind."""

import sys
import time

from tools.runner import preflight
from tools.runner.console import ROOT, VAR, Problem, complain, say
from tools.runner.site import Site


def main() -> int:
    started = time.monotonic()
    VAR.mkdir(exist_ok=True)
    site = Site(preflight.environment())
    try:
        port = preflight.check_all(site.environ)
        if not site.prepare() or not site.open(port):
            return 0
        seconds = time.monotonic() - started
        say(f"\nPartnership Training: http://{preflight.LOOPBACK}:{port}/  ({seconds:.0f} s)")
        say(f"Data in {VAR.relative_to(ROOT)}/, press Ctrl-C to stop everything.\n")
        return site.watch()
    except Problem as problem:
        complain(problem)
        return 1
    finally:
        site.close()


if __name__ == "__main__":
    sys.exit(main())
