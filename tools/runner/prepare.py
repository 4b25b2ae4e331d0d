"""Steps four and five of `make run`, in one process: starting Django once takes long enough.

    python -m tools.runner.prepare [--sign-ins]

With --sign-ins the demonstration data is there already, and only the table of sign-ins is shown.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from tools.runner import assets
from tools.runner.console import Problem, complain, say
from tools.runner.preflight import check_pdf_library


def main(arguments: list[str]) -> int:
    try:
        check_pdf_library()
        django.setup()
        _prepare(arguments)
    except (Problem, ImproperlyConfigured, CommandError) as error:
        complain(error)
        return 1
    return 0


def _prepare(arguments: list[str]) -> None:
    say("4/6 Static files and tables ...")
    if not assets.are_gathered():
        call_command("collectstatic", interactive=False, verbosity=0)
        assets.remember()
    call_command("migrate", verbosity=0)
    say("5/6 Demonstration data ...")
    call_command("load_demo", *arguments, at_once=os.cpu_count() or 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
