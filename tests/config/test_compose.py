"""docker-compose.yml against the Compose Specification's schema and the project's rules."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = Path(__file__).parent / "schemas" / "compose-spec.json"
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = {"prepare", "web", "worker", "ocr", "beat"}


def test_the_file_is_valid_by_the_specification() -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator(schema).validate(COMPOSE)


def test_everything_the_product_needs_is_a_service() -> None:
    assert set(SERVICES) == OWN | {"postgres", "redis", "mail", "proxy"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_command_restart_policy_health_check_and_log_limit(name: str) -> None:
    service = SERVICES[name]
    assert service.get("image")
    assert isinstance(service["command"], list), "a list: no shell between docker and the program"
    assert service["restart"] in {"unless-stopped", "on-failure"}
    health = service["healthcheck"]
    assert health.get("test") or (name == "prepare" and health["disable"])
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", sorted(OWN))
def test_own_processes_have_no_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["env_file"] == ".env"


def test_no_secret_is_written_in_the_file() -> None:
    for name, service in SERVICES.items():
        for key, value in (service.get("environment") or {}).items():
            if re.search(r"PASSWORD|SECRET|KEY", key):
                assert value == "" or str(value).startswith("${"), f"{name}: {key}"
    assert not re.search(r"://[^:@\s]+:[^$@\s]+@", TEXT)


@pytest.mark.parametrize("name", sorted(OWN))
def test_own_processes_never_see_the_superusers_password(name: str) -> None:
    assert SERVICES[name]["environment"]["POSTGRES_PASSWORD"] == ""


def test_only_the_proxy_has_public_ports() -> None:
    def ports(service: dict[str, Any]) -> list[str]:
        return [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")]

    assert {name for name, service in SERVICES.items() if ports(service)} == {"proxy"}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_redis_persists_the_queue() -> None:
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_images_are_read_one_at_a_time_by_a_worker_of_their_own() -> None:
    command = " ".join(SERVICES["ocr"]["command"])
    assert "--queues ocr --concurrency 1" in command
    assert SERVICES["ocr"]["environment"]["OMP_THREAD_LIMIT"] == "1"
    assert "--queues" not in SERVICES["worker"]["command"]  # the default one, which is all others
    assert "tesseract-ocr-vie" in (ROOT / "Dockerfile").read_text()


def test_there_is_one_beat() -> None:
    assert "--beat" not in SERVICES["worker"]["command"]
    assert "-B" not in SERVICES["worker"]["command"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_exists(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        if how["condition"] == "service_healthy":
            assert "test" in SERVICES[other]["healthcheck"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_named_volume_network_and_file_exists(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if source.startswith("./"):
            assert (ROOT / source).is_file()
        else:
            assert source in COMPOSE["volumes"]


def test_the_docker_image_runs_unprivileged_with_pinned_packages() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    stages = [i for i, line in enumerate(lines) if line.startswith("FROM")]
    assert len(stages) == 2
    last = lines[stages[-1] :]
    assert "USER kiemtin" in last
    assert last.index("USER kiemtin") < next(i for i, x in enumerate(last) if x.startswith("CMD"))
    assert any("--require-hashes" in line for line in lines)


def test_docker_image_and_compose_have_the_same_web_command() -> None:
    command = next(x for x in (ROOT / "Dockerfile").read_text().splitlines() if x.startswith("CMD"))
    assert json.loads(command.removeprefix("CMD ")) == SERVICES["web"]["command"]


def test_the_docker_image_contains_no_data_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", "var", ".git"} <= set(ignored)
