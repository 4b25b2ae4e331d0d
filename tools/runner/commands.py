"""The product's processes, written once.

`make run` starts exactly these, docker-compose.yml repeats them word for word, and a test
compares the two, so that what runs on a laptop is what runs in production.
"""

import sys

Command = tuple[str, ...]

EVERYWHERE = "0.0.0.0:8000"


def web(bind: str) -> Command:
    """Two processes of four threads: pages wait for the database more than they compute.

    The worker class has no thread wait for a slow sender.

    Eight seconds are left to a request that is being answered when the server is told to stop.
    """
    return (
        *("python", "-m", "gunicorn", "config.wsgi:application"),
        *("--bind", bind),
        *("--workers", "2", "--threads", "4", "--worker-class", "config.web_worker.PatientWorker"),
        "--preload",  # the code is loaded once and shared by both
        *("--timeout", "60", "--graceful-timeout", "8"),
        *("--max-requests", "5000", "--max-requests-jitter", "500"),
        *("--log-level", "warning", "--no-control-socket"),
    )


# Workers do not gossip: each sweep takes its own rows, so they do not need to know each other.
WORKER: Command = (
    *("python", "-m", "celery", "--quiet", "--app", "config.celery", "worker"),
    *("--concurrency", "2", "--loglevel", "warning"),
    *("--without-gossip", "--without-mingle"),
)

# Beat only knocks, so nothing is lost if it forgets the last knock.
BEAT: Command = (
    *("python", "-m", "celery", "--quiet", "--app", "config.celery", "beat"),
    *("--schedule", "var/beat-schedule", "--pidfile=", "--loglevel", "warning"),
)


def with_this_python(command: Command) -> list[str]:
    """The same command, run by the interpreter (and so the packages) that we run on."""
    program, *arguments = command
    if program == "pytest":
        return [sys.executable, "-m", "pytest", *arguments]
    return [sys.executable if program == "python" else program, *arguments]
