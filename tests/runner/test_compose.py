"""What runs in containers is what runs on a laptop, word for word."""

import json
import re
from typing import Any

import pytest
import yaml

from tools.runner import commands
from tools.runner.console import ROOT


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return found


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("web", commands.web(commands.EVERYWHERE)),
        ("worker", commands.WORKER),
        ("beat", commands.BEAT),
    ],
)
def test_a_service_runs_the_same_command(
    services: dict[str, Any], service: str, command: commands.Command
) -> None:
    assert services[service]["command"] == " ".join(command)


def test_every_service_of_ours_has_production_settings(services: dict[str, Any]) -> None:
    for service in ("migrate", "web", "worker", "beat"):
        variables = services[service]["environment"]
        assert variables["DJANGO_SETTINGS_MODULE"] == "config.settings.production"


def test_the_image_runs_the_same_web_server() -> None:
    told = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert told is not None
    assert tuple(json.loads(told[1])) == commands.web(commands.EVERYWHERE)


def test_only_migrate_is_told_how_the_owner_signs_in(services: dict[str, Any]) -> None:
    told = {
        name: set(service.get("environment", {})) & {"DATABASE_URL", "DATABASE_OWNER_URL"}
        for name, service in services.items()
    }
    assert told.pop("migrate") == {"DATABASE_URL", "DATABASE_OWNER_URL"}
    for service in ("web", "worker", "beat"):
        assert told[service] == {"DATABASE_URL"}
