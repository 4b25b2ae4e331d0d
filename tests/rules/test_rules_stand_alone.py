"""The rules need neither Django nor anything else that is installed."""

import subprocess
import sys

from tests.layout import APPS, ROOT

WITH_RULES = (*APPS, "govuk")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for app in WITH_RULES
    for path in (ROOT / app / "rules").glob("*.py")
)

# -S leaves site-packages out; printed is what was loaded beside rules and standard library.
PROBE = """
import sys
sys.path.insert(0, {root!r})
for name in {modules!r}:
    __import__(name)
own = {apps!r}
top = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(name for name in top if name not in sys.stdlib_module_names and name not in own))
apart = tuple(app + "." for app in own)
outside = sorted(n for n in sys.modules if n.startswith(apart) and ".rules" not in n)
print(outside)
"""


def test_every_rule_loads_with_the_standard_library_alone() -> None:
    probe = PROBE.format(root=str(ROOT), modules=MODULES, apps=WITH_RULES)
    run = subprocess.run(
        [sys.executable, "-S", "-E", "-c", probe], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
    foreign, outside = run.stdout.splitlines()
    assert foreign == "['__main__']"
    assert outside == "[]"


def test_every_app_has_rules() -> None:
    assert {name.partition(".")[0] for name in MODULES} == set(WITH_RULES)
