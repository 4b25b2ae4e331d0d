"""Prepare, run the storm, count, print. Set MINUTES and SEED; exit code 1 if anything is wrong."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from tools.runner import preflight
from tools.runner.console import Problem, complain, say
from tools.runner.processes import Stop
from tools.soak.site import RunningSite

MINUTES, PORT = 60.0, 8190


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    stop = Stop()  # on any request to stop, so that the site is stopped too
    try:
        minutes = float(os.environ.get("MINUTES") or MINUTES)
        port = preflight.port_from({"PORT": os.environ.get("PORT") or str(PORT)})
        preflight.check_port(port)
        with RunningSite(folder, port, stop) as site:
            site.lend_settings()
            faults = soak(site, minutes, os.environ.get("SEED") or str(time.time_ns()), stop)
            faults += site.stop()
    except Problem as problem:
        complain(problem)
        say(f"What the site said: {folder / 'run.log'}")
        return 1
    for fault in faults:
        say(f"FAULT: {fault}")
    if faults:
        say(f"The site as it was left: {folder}")
        return 1
    say("Nothing lost, nothing doubled, no place sold twice, still up.")
    shutil.rmtree(folder)
    return 0


def soak(site: RunningSite, minutes: float, seed: str, stop: Stop) -> list[str]:
    """Load and kills together, then some quiet, then the count; returns what is wrong."""
    import django

    django.setup()
    from tools.soak import count, load, scene, storm

    chance = random.Random(seed)
    filled = scene.fill(registers=max(3, int(minutes * 2)))
    say(f"Soaking for {minutes:g} minutes, SEED={seed} ...")
    over = threading.Event()
    ledger = load.Ledger()
    crowd = load.crowd(site.address, filled, ledger, over, chance.random())
    raging = storm.Storm(site, over, chance.random())
    threads = [*crowd, threading.Thread(target=raging.rage, name="the storm")]
    for thread in threads:
        thread.start()
    end = time.monotonic() + minutes * 60
    dead = ""
    while time.monotonic() < end and not stop.requested and not dead:
        time.sleep(1)
        dead = site.is_down() or next((t.name for t in threads if not t.is_alive()), "")
    over.set()
    for thread in threads:
        thread.join()
    faults = [f"{dead} ended before the time was up."] if dead else []
    if site.is_down():
        return faults
    count.wait_until_quiet(site)
    faults += count.faults(filled, ledger, site)
    count.figures(filled, ledger, raging, site)
    return faults


if __name__ == "__main__":
    sys.exit(main())
