"""What the verbs answer that are asked one question each."""

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
    assert main(["who", "grunnbok", "prod", "--format", output]) == 0
    by_team = capsys.readouterr().out
    assert main(["who-can", "prod/data", "--format", output]) == 0
    by_cluster = capsys.readouterr().out

    assert "workload-restarter" in by_team
    assert "kl-dev-host" not in by_team
    assert "grunnbok@example.com" in by_cluster
    assert "kari.nordmann@example.com" in by_cluster


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_check_answers_what_firewalls_let_through(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For one environment, in every form."""
    assert main(["firewall", "prod", "--format", output]) == 0

    out = capsys.readouterr().out
    assert "199.36.153.8/30" in out
    assert "Kubernetes API of user cluster data" in out
    assert "sandbox" not in out


def test_asking_for_the_firewalls_of_a_stranger_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the name that was meant."""
    assert main(["firewall", "prd"]) == 2
    assert "did you mean prod?" in capsys.readouterr().err


def test_asking_for_a_stranger_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """For people on standard error, for machines as a problem."""
    assert main(["who", "nobody"]) == 2
    assert 'holds no team, group or person "nobody"' in capsys.readouterr().err
    assert main(["who", "nobody", "--format", "json"]) == 2
    assert "nobody" in json.loads(capsys.readouterr().out)["problems"][0]["message"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--who", "a", "--who-can", "b"], "exclude each other"),
        (["--who", "a", "--prerequisites"], "exclude each other"),
        (["--firewall", "dev", "--live"], "exclude each other"),
        (["--live", "--prerequisites"], "exclude each other"),
        (["--prerequisites", "--vsphere-permissions"], "exclude each other"),
        (["--format", "markdown"], "is for hybrid who"),
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
    assert main(["prerequisites", "sandbox"]) == 0

    out = capsys.readouterr().out
    assert "query-version-config --project=kl-sandbox-host" in out
    assert "kl-dev-host" not in out


def test_shows_who_uses_which_address(capsys: pytest.CaptureFixture[str]) -> None:
    """Of every on-prem cluster, and that there is none where there is none."""
    assert main(["addresses", "sandbox"]) == 0
    shown = capsys.readouterr().out
    organization, dev = Path("environments/organization.yaml"), Path("environments/dev.yaml")
    organization.write_text("{name: kl, domain: example.com, promotion: [dev]}")
    for path in Path("environments").glob("*.yaml"):
        if path not in {organization, dev}:
            path.unlink()
            Path(f"environments/stateful/{path.stem}.txt").unlink(missing_ok=True)
    for path in Path("environments/stateful").glob("*-*.txt"):
        path.unlink()
    dev.write_text("{environment: dev, state: {local: {}}}")
    assert main(["addresses"]) == 0
    none = capsys.readouterr().out
    assert main(["failures"]) == 0

    assert "sandbox: addresses of user cluster" in shown
    assert "sandbox: what clusters in clouds take at their largest, while they update" in shown
    assert none == "no user cluster on VMware, so no addresses of one\n"
    assert capsys.readouterr().out == "no VPN, so none that fails\n"


def test_shows_what_is_left_of_a_vpn(capsys: pytest.CaptureFixture[str]) -> None:
    """A table for each of an environment."""
    assert main(["failures", "prod"]) == 0

    assert "prod: when one part of VPN" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["check", "prod", "--who", "grunnbok"], ["who", "grunnbok", "prod"]),
        (["check", "--who-can", "prod/data"], ["who-can", "prod/data"]),
        (["check", "--firewall", "prod"], ["firewall", "prod"]),
        (["check", "sandbox", "--vsphere-permissions"], ["permissions", "sandbox"]),
        (["check", "sandbox", "--prerequisites"], ["prerequisites", "sandbox"]),
    ],
    ids=" ".join,
)
def test_an_old_option_answers_as_its_verb_and_says_so(
    old: list[str], new: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """For one release; the help has them no more."""
    assert main(old) == 0
    answered = capsys.readouterr()
    assert main(new) == 0
    asked = capsys.readouterr()
    main(["check", "--help"])

    assert answered.out == asked.out
    assert f"is hybrid {new[0]}" in answered.err
    assert asked.err == ""
    assert old[-1 if old[-1].startswith("--") else -2] not in capsys.readouterr().out
