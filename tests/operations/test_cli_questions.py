"""What ``hybrid check`` answers when it is asked something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.estate_folder import copied_environments


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of a copy of the example's environments."""
    copied_environments(tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_check_answers_who_may_do_what(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By team and by cluster, in every form."""
    assert main(["check", "prod", "--who", "grunnbok", "--output", output]) == 0
    by_team = capsys.readouterr().out
    assert main(["check", "--who-can", "prod/data", "--output", output]) == 0
    by_cluster = capsys.readouterr().out

    assert "workload-restarter" in by_team
    assert "kl-dev-host" not in by_team
    assert "grunnbok@example.com" in by_cluster
    assert "kari.nordmann@example.com" in by_cluster


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_check_answers_what_firewalls_let_through(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For one environment, in every form."""
    assert main(["check", "--firewall", "prod", "--output", output]) == 0

    out = capsys.readouterr().out
    assert "199.36.153.4/30" in out
    assert "Kubernetes API of user cluster data" in out
    assert "sandbox" not in out


def test_asking_for_the_firewalls_of_a_stranger_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the name that was meant."""
    assert main(["check", "--firewall", "prd"]) == 2
    assert "did you mean prod?" in capsys.readouterr().err


def test_asking_for_a_stranger_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """For people on standard error, for machines as a problem."""
    assert main(["check", "--who", "nobody"]) == 2
    assert 'holds no team, group or person "nobody"' in capsys.readouterr().err
    assert main(["check", "--who", "nobody", "--output", "json"]) == 2
    assert "nobody" in json.loads(capsys.readouterr().out)["problems"][0]["message"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--who", "a", "--who-can", "b"], "exclude each other"),
        (["--who", "a", "--prerequisites"], "exclude each other"),
        (["--firewall", "dev", "--live"], "exclude each other"),
        (["--live", "--prerequisites"], "exclude each other"),
        (["--prerequisites", "--vsphere-permissions"], "exclude each other"),
        (["--output", "markdown"], "goes with --who"),
    ],
    ids=[
        "two questions",
        "question and steps",
        "firewalls and what runs",
        "steps and what runs",
        "steps and permissions",
        "markdown of all",
    ],
)
def test_options_of_check_that_do_not_go_together(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rather than one of them being ignored."""
    assert main(["check", *words]) == 2
    assert says in capsys.readouterr().err


def test_check_says_what_is_done_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """The steps of one environment with their commands."""
    assert main(["check", "sandbox", "--prerequisites"]) == 0

    out = capsys.readouterr().out
    assert "query-version-config --project=kl-sandbox-host" in out
    assert "kl-dev-host" not in out
