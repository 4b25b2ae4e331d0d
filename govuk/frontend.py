"""Builds static/build/ and build/fonts/ from static/src/ and the npm packages. Run it with `python -m govuk.frontend`.

Needs no Django settings, so that it can run before anything else is set up. A second run does
nothing until the lock file, a source file or this module changes.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from govuk import fonts
from govuk.node import Node, NodeMissing, find_node

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "static" / "src"
BUILD = ROOT / "static" / "build"
PACKAGES = ROOT / "node_modules"
STYLESHEETS = ("app", "print", "admin", "document")
COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


class BuildFailed(RuntimeError):
    """The build stopped; the message is one sentence for the person at the terminal."""


def digest(paths: list[Path]) -> str:
    """A fingerprint of the names and contents of some files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(ROOT).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def inputs() -> list[Path]:
    """Every file the result depends on."""
    sources = [path for path in SOURCES.rglob("*") if path.is_file()]
    code = [Path(__file__).resolve(), Path(fonts.__file__).resolve()]
    return [ROOT / "package.json", ROOT / "package-lock.json", *code, *sources]


def stamped(stamp: Path, fingerprint: str) -> bool:
    """Whether an earlier run left this fingerprint."""
    return stamp.exists() and stamp.read_text() == fingerprint


def run(command: list[str], node: Node, doing: str) -> None:
    """Run one tool; its last words become part of the error when it fails."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=node.environment(), capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise BuildFailed(f"{doing} failed: {error}.") from error
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise BuildFailed(f"{doing} failed: {' '.join(lines[-8:]) or 'no message was given'}")


def install(node: Node) -> None:
    """Install exactly what the lock file names, unless that has been done."""
    stamp = PACKAGES / ".installed-from"
    fingerprint = digest([ROOT / "package-lock.json"])
    if stamped(stamp, fingerprint):
        return
    options = ["ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]
    run([*node.npm, *options], node, "Installing the front-end packages (npm ci)")
    stamp.write_text(fingerprint)


def compile_styles(node: Node) -> None:
    """Turn the SCSS files into compressed stylesheets."""
    pairs = [f"{SOURCES / name}.scss:{BUILD / name}.css" for name in STYLESHEETS]
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={PACKAGES}"]
    command = [*node.node, str(PACKAGES / "sass" / "sass.js"), *options, *pairs]
    run(command, node, "Compiling the stylesheets (sass)")


def copy_scripts() -> None:
    """Put the packages' scripts, our own and the icon next to the stylesheets."""
    for package_file, name in COPIES.items():
        shutil.copyfile(PACKAGES / package_file, BUILD / name)
    for source in (*SOURCES.glob("*.js"), *SOURCES.glob("*.svg")):
        shutil.copyfile(source, BUILD / source.name)


def build(*, force: bool = False) -> bool:
    """Build what is out of date; True when something was built."""
    fingerprint = digest(inputs())
    stamp = BUILD / ".built-from"
    if not force and stamped(stamp, fingerprint) and fonts.are_there():
        return False
    node = find_node()
    BUILD.mkdir(parents=True, exist_ok=True)
    install(node)
    compile_styles(node)
    copy_scripts()
    fonts.copy_fonts(PACKAGES)
    stamp.write_text(fingerprint)
    return True


def main() -> int:
    """The command line: one sentence out, 0 for success."""
    try:
        built = build(force="--force" in sys.argv[1:])
    except (BuildFailed, NodeMissing) as error:
        print(f"The front end could not be built. {error}", file=sys.stderr)
        return 1
    print("Front end built." if built else "Front end is up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
