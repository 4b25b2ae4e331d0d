"""The benchmark's stand-ins are everything that production asks for."""

import os
import subprocess
import sys

from tools.runner.console import ROOT


def test_the_settings_of_the_benchmark_load_by_themselves() -> None:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environ = inherited | {"DATABASE_URL": "postgresql://bench@localhost/bench"}
    command = [sys.executable, "-c", "import tools.bench.settings"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)
