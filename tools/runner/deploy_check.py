"""Django's deployment checks, on production settings with made-up values. No service is asked."""

import os
import subprocess
import sys

from tools.runner.console import ROOT

MADE_UP = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "made-up-for-the-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "training.example.org",
    "SITE_URL": "https://training.example.org",
    "DATABASE_URL": "postgresql://partnership_app@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DEFAULT_FROM_EMAIL": "training@example.org",
    "EMAIL_HOST": "mail.example.org",
    "TRUSTED_PROXIES": "1",
}


def main() -> int:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | MADE_UP, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
