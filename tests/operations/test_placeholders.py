"""Placeholders: said where one looks, refused where they would be deployed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations import cdktf_cli
from operations.cli import main
from operations.placeholders import VARIABLE, refuse_placeholders
from operations.plans.key_ring import write_keys
from operations.plans.keys import new_pairs
from operations.project import ENVIRONMENTS

Capture = pytest.CaptureFixture[str]

ORGANIZATION = "name: nk\ndomain: nk.no\npromotion: [lab, prod]\n"
KEY_OF_ALL = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY"
LAB = f"""\
environment: lab
state: {{gcs: {{bucket: nk-lab-tfstate}}}}
aws:
  region: eu-west-1
  account_id: "444455556666"
  management_vpc:
    cidr: 10.0.0.0/16
    zones:
      eu-west-1a: {{private: 10.0.1.0/24, public: 10.0.4.0/24}}
      eu-west-1b: {{private: 10.0.2.0/24, public: 10.0.5.0/24}}
      eu-west-1c: {{private: 10.0.3.0/24, public: 10.0.6.0/24}}
  bastion:
    allowed_ssh_cidrs: [198.51.100.0/24]
    public_key: {KEY_OF_ALL}
"""
PROD = """\
environment: prod
state: {gcs: {bucket: nk-prod-tfstate}}
google:
  host_project: {id: nk-host, number: 738201945562}
  region: europe-north1
"""
LINES = ["environments/lab.yaml:5:15", "environments/lab.yaml:13:25", "environments/lab.yaml:14:17"]


@pytest.fixture(autouse=True)
def _estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two environments, of which one is ready."""
    folder = tmp_path / ENVIRONMENTS
    folder.mkdir()
    for name, text in {"organization": ORGANIZATION, "lab": LAB, "prod": PROD}.items():
        (folder / f"{name}.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    write_keys(tmp_path / "keys.json", {"lab": new_pairs()})
    monkeypatch.setenv("HYBRID_KEYS", str(tmp_path / "keys.json"))
    monkeypatch.delenv(VARIABLE, raising=False)


def places(error: str) -> list[str]:
    """Where each problem is said to stand."""
    return [
        line.split(": ", maxsplit=1)[0] for line in error.splitlines() if line.startswith("environments/")
    ]


def test_check_sums_them_up_in_a_line(capsys: Capture) -> None:
    """One screen is for the whole estate."""
    assert main(["check"]) == 0

    out = capsys.readouterr().out
    assert (
        "warning: 3 placeholders, with which nothing is deployed: hybrid check lab names each (3 in lab.yaml)\n"
    ) in out


def test_check_of_an_environment_names_each(capsys: Capture) -> None:
    """With its line, and what to do."""
    assert main(["check", "lab"]) == 0

    said = [line for line in capsys.readouterr().out.splitlines() if "lab.yaml:" in line]
    assert [line.split()[2] for line in said] == [f"{place.rpartition(':')[0]}:" for place in LINES]
    assert said[1].endswith(
        'aws.bastion.allowed_ssh_cidrs[0] is "198.51.100.0/24", an address that is kept for documents '
        "(RFC 5737, RFC 3849); put the real one"
    )


def test_what_is_marked_has_no_path(tmp_path: Path, capsys: Capture) -> None:
    """The line is enough."""
    path = tmp_path / ENVIRONMENTS / "prod.yaml"
    path.write_text(PROD.replace("north1", "north1  # PLACEHOLDER: the region"))

    assert main(["check", "prod"]) == 0
    assert "environments/prod.yaml:5: is marked as a placeholder (the region)" in capsys.readouterr().out


def test_machines_get_them_as_data(capsys: Capture) -> None:
    """Beside the warnings."""
    assert main(["check", "--format", "json"]) == 0

    environments = json.loads(capsys.readouterr().out)["environments"]
    assert [one["line"] for one in environments["lab"]["placeholders"]] == [5, 13, 14]
    assert environments["prod"]["placeholders"] == []


def test_synth_says_them_of_what_it_made(tmp_path: Path, capsys: Capture) -> None:
    """Nothing of an environment that is ready."""
    assert main(["synth", "prod", "--output", str(tmp_path / "out")]) == 0
    assert "placeholder" not in capsys.readouterr().out

    assert main(["synth", "lab", "--output", str(tmp_path / "out")]) == 0
    assert "warning: 3 placeholders, " in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["plan", "lab"], ["apply", "lab", "--plan", "lab.plan"]], ids=["plan", "apply"]
)
def test_verbs_that_deploy_refuse_them_all_at_once(words: list[str], capsys: Capture) -> None:
    """Before anything else is looked at, and with the way to let them pass."""
    assert main(words) == 2

    error = capsys.readouterr().err
    assert places(error) == LINES
    assert f"{VARIABLE}: must be emulator for placeholders to be deployed" in error


@pytest.mark.parametrize("word", ["lab", "l*"])
def test_cdktf_deploy_refuses_them(word: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before cdktf starts."""
    monkeypatch.setattr("sys.argv", ["cdktf", "deploy", word])

    assert cdktf_cli.main() == 2
    assert places(capsys.readouterr().err) == LINES


@pytest.mark.parametrize(
    "words",
    [
        ["deploy", "lab", "--help"],
        ["deploy", "prod"],
        ["diff", "lab"],
        ["destroy", "lab"],
        ["deploy", "nosuch"],
    ],
    ids="-".join,
)
def test_cdktf_does_everything_else(
    words: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What asks, what is ready, what changes nothing or takes it away, and what cdktf itself refuses."""
    monkeypatch.setattr("sys.argv", ["cdktf", *words])
    monkeypatch.setattr(cdktf_cli, "_ended", lambda *_: 7)

    assert cdktf_cli.main() == 7
    assert places(capsys.readouterr().err) == []


def test_the_only_stack_need_not_be_named(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cdktf takes it then."""
    folder = tmp_path / ENVIRONMENTS
    (folder / "prod.yaml").unlink()
    (folder / "organization.yaml").write_text(ORGANIZATION.replace(", prod", ""))
    monkeypatch.setattr("sys.argv", ["cdktf", "deploy"])

    assert cdktf_cli.main() == 2
    assert places(capsys.readouterr().err) == LINES


def test_emulators_take_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the variable says, and with no other value."""
    monkeypatch.setenv(VARIABLE, "emulator")
    refuse_placeholders(ENVIRONMENTS, ["lab"])
    monkeypatch.setattr("sys.argv", ["cdktf", "deploy", "lab"])
    monkeypatch.setattr(cdktf_cli, "_ended", lambda *_: 0)
    assert cdktf_cli.main() == 0

    monkeypatch.setenv(VARIABLE, "yes")
    with pytest.raises(InvalidInput, match="444455556666"):
        refuse_placeholders(ENVIRONMENTS, ["lab"])


def test_an_environment_that_is_ready_is_deployed() -> None:
    """Whatever stands in another's file."""
    refuse_placeholders(ENVIRONMENTS, ["prod"])


def test_files_that_cannot_be_read_are_not_deployed(tmp_path: Path) -> None:
    """Who knows what stands there."""
    (tmp_path / ENVIRONMENTS / "prod.yaml").write_text("environment: [\n")

    with pytest.raises(InvalidInput, match=r"prod\.yaml"):
        refuse_placeholders(ENVIRONMENTS, ["lab"])
