"""Whether the static files have to be collected again, because that takes seconds and they rarely change."""

import hashlib

from tools.runner.console import ROOT, VAR

STAMP = VAR / "static-gathered"
_FOLDERS = ("static", "*/static")
_GATHERED = VAR / "static" / "staticfiles.json"


def fingerprint() -> str:
    """Our own files by content, the packages' by the lock."""
    digest = hashlib.sha256((ROOT / "requirements" / "runtime.txt").read_bytes())
    folders = [folder for pattern in _FOLDERS for folder in ROOT.glob(pattern)]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def are_gathered() -> bool:
    return _GATHERED.exists() and STAMP.exists() and STAMP.read_text() == fingerprint()


def remember() -> None:
    STAMP.write_text(fingerprint())
