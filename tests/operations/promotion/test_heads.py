"""A base holds a head against its own order of promotion and its own acknowledgements."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main
from operations.promotion.promotion import in_turn
from tests.operations.estate_files import ORGANIZATION, environment_text
from tests.operations.heads.checkouts import Checkouts, checkouts, git, write

Capture = pytest.CaptureFixture[str]

OLD, NEW = "1.35.0-gke.525", "1.36.0-gke.532"
FILE = "environments/promotion/acknowledgements.yaml"
ASKED = ["promotion", "--assume-applied", "HEAD", "--head=head", "--format=markdown", "--today=2026-11-30"]


def text(name: str, version: str) -> str:
    """The file of an environment with one cluster, apps."""
    return environment_text(name, {"dev": 2, "test": 3, "lab": 4}[name], NEW, {"apps": version})


def word(until: str = "2027-01-01") -> str:
    """A file that lets any environment take any version of apps."""
    what = "address: vmware.user_clusters.apps.version, reason: a CVE, who: kari"
    return f'acknowledgements:\n  - {{{what}, expires: "{until}"}}\n'


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkouts:
    """Two environments of the same version; the head takes a newer one in test."""
    made = checkouts(tmp_path)
    monkeypatch.chdir(made.base)
    for name in ("dev", "test"):
        made.merge(f"environments/{name}.yaml", text(name, OLD))
    made.push("environments/test.yaml", text("test", NEW))
    return made


def test_the_head_is_held_against_the_base(both: Checkouts, capsys: Capture) -> None:
    """What is merged runs."""
    assert both.base.is_dir()

    assert main(ASKED) == 3

    assert "test: vmware.user_clusters.apps.version takes 1.36.0-gke.532, and dev" in capsys.readouterr().out


def test_an_order_of_the_pull_request_itself_does_not_count(both: Checkouts, capsys: Capture) -> None:
    """Test would come first, and wait for nobody."""
    both.push("environments/organization.yaml", ORGANIZATION.format(promotion="test, dev"))

    assert main(ASKED) == 3

    assert "and dev, which comes before, runs" in capsys.readouterr().out


def test_an_acknowledgement_of_the_pull_request_itself_does_not_count(
    both: Checkouts, capsys: Capture
) -> None:
    """Until an owner approved this commit."""
    both.push(FILE, word())

    assert main(ASKED) == 3
    said = capsys.readouterr().out
    assert said.index("lets whatever is found at") < said.index("takes 1.36.0-gke.532")
    assert "kari has approved this commit &#91;own-acknowledgement&#93;" in said
    assert "**1 out of turn, 0 acknowledgements to take out, 1 waiting for a code owner**" in said

    assert main([*ASKED, both.approve("kari")]) == 0
    assert "kari &#91;own-acknowledgement&#93;" in capsys.readouterr().out


def test_one_that_nothing_needs_yet_waits_for_an_owner_as_well(both: Checkouts) -> None:
    """Once merged it would count for what comes next."""
    both.push("environments/test.yaml", text("test", OLD))
    assert main(ASKED) == 0

    both.push(FILE, word())
    assert main(ASKED) == 3
    assert main([*ASKED, both.approve("kari")]) == 0


def test_one_of_the_base_counts(both: Checkouts, capsys: Capture) -> None:
    """And not one that would end later."""
    both.merge(FILE, word())
    assert main(ASKED) == 0

    both.push(FILE, word("2028-01-01"))
    assert main(ASKED) == 3
    assert "until 2028-01-01" in capsys.readouterr().out


def test_what_runs_is_asked_of_the_base(both: Checkouts, tmp_path: Path, capsys: Capture) -> None:
    """States of its environments; one that the head adds runs nothing yet."""
    write(both.head / "environments" / "organization.yaml", ORGANIZATION.format(promotion="dev, lab, test"))
    write(both.head / "environments" / "lab.yaml", text("lab", OLD))
    both.commit()
    (tmp_path / "empty").write_text("")
    states = [f"--state={name}={tmp_path}/empty" for name in ("dev", "test")]

    assert main(["promotion", "--head=head", "--format=markdown", *states]) == 3

    assert "|  | dev | lab | test |" in capsys.readouterr().out


def test_a_file_of_acknowledgements_is_not_named_beside_a_head(both: Checkouts, capsys: Capture) -> None:
    """There are two, and which entries count is decided between them."""
    assert both.base.is_dir()

    assert main([*ASKED, f"--acknowledgements={FILE}"]) == 2

    assert "--acknowledgements and --head exclude each other" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("base", "head", "order"),
    [
        ("dev test prod", "dev test prod", "dev test prod"),
        ("dev test prod", "prod test dev", "dev test prod"),
        ("dev test prod", "dev prod", "dev prod"),
        ("dev prod", "dev test prod", "dev test prod"),
        ("dev prod", "lab dev prod last", "lab dev prod last"),
        ("dev prod", "dev lab test prod", "dev lab test prod"),
        ("dev prod", "prod lab dev", "dev prod lab"),
    ],
)
def test_the_order_is_that_of_the_base(base: str, head: str, order: str) -> None:
    """What is new stands behind what it comes after."""
    assert in_turn(base.split(), head.split()) == order.split()


def test_the_base_is_unchanged(both: Checkouts) -> None:
    """Looking writes nothing."""
    main(ASKED)

    assert git(both.base, "status", "--porcelain") == ""
