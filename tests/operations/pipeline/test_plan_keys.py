"""Making keys, and saying where each goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from operations.plans import keys
from operations.plans.key_ring import KeyRing, read_keys

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HYBRID_KEYS", raising=False)
    monkeypatch.chdir(tmp_path)


def _told(text: str) -> dict[tuple[str, str, str], str]:
    """What the commands for a shell put where."""
    found, lines = {}, text.splitlines()
    for at in range(0, len(lines), 3):
        _, kind, _, name, _, environment, _ = lines[at].split()
        found[environment, kind, name] = lines[at + 1]
        assert (lines[at].endswith("<<'END'"), lines[at + 2]) == (True, "END")
    return found


def test_each_goes_where_it_may_do_what_it_can(capsys: Capture) -> None:
    """What opens is never where plans are made, what seals never where they are opened."""
    assert main(["plan-keys", "dev", "prod", "--format=gh"]) == 0

    told = _told(capsys.readouterr().out)
    where: dict[str, set[str]] = {}
    for (environment, kind, name), value in told.items():
        where.setdefault(environment, set()).add(f"{kind} {name}")
        assert kind == "secret" or not any(f"{one}_" in value for one in (keys.SEAL, keys.REVIEW, keys.APPLY))
    plans = {f"{one}-{name}" for one in ("plan", "agreed", "drift") for name in ("dev", "prod")}
    plans_hold = {"secret HYBRID_SEAL_KEY", "variable HYBRID_OPENERS"}
    applies_hold = {"secret HYBRID_APPLY_KEY", "variable HYBRID_SEALERS"}
    reviews_hold = {"secret HYBRID_REVIEW_KEYS", "variable HYBRID_SEALERS"}
    assert where == {
        **dict.fromkeys(plans, plans_hold),
        **dict.fromkeys(("dev", "prod"), applies_hold),
        **dict.fromkeys(("review", "drift"), reviews_hold),
    }
    assert json.loads(told["prod", "variable", "HYBRID_SEALERS"]).keys() == {"prod"}
    assert json.loads(told["review", "secret", "HYBRID_REVIEW_KEYS"]).keys() == {"dev", "prod"}


def test_what_is_told_fits_together(capsys: Capture) -> None:
    """What plans dev seals for what reviews and what applies it."""
    main(["plan-keys", "dev", "--format=gh"])
    told = _told(capsys.readouterr().out)
    job = {
        environment: {name: value for (place, _, name), value in told.items() if place == environment}
        for environment in ("plan-dev", "review", "dev")
    }

    sealing = KeyRing(job["plan-dev"], None).sealing("dev")
    reviewing, applying = (
        KeyRing(job["review"], None).reviewing("dev"),
        KeyRing(job["dev"], None).applying("dev"),
    )

    fingerprints = {
        keys.fingerprint(one) for one in (sealing.key.public_key(), reviewing.sealer, applying.sealer)
    }
    assert len(fingerprints) == 1
    assert keys.fingerprint(sealing.reviewer) == keys.fingerprint(reviewing.key.public_key())
    assert keys.fingerprint(sealing.applier) == keys.fingerprint(applying.key.public_key())


def test_people_read_it_by_environment(capsys: Capture) -> None:
    """Values in lines of their own, so that they can be copied."""
    main(["plan-keys", "dev"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "GitHub environment plan-dev"
    assert lines[1] == "  secret HYBRID_SEAL_KEY"
    assert lines[2].strip().startswith("hybrid-seal_")
    assert [line for line in lines if line.startswith("GitHub")][-1] == "GitHub environment drift"


def test_machines_are_told_the_same(tmp_path: Path, capsys: Capture) -> None:
    """For a host other than GitHub."""
    main(["plan-keys", "dev", f"--keys={tmp_path / 'keys'}", "--format=json"])

    told = json.loads(capsys.readouterr().out)
    assert told[0].keys() == {"environment", "kind", "name", "value"}
    assert [(one["environment"], one["name"]) for one in told][-2:] == [
        ("drift", "HYBRID_REVIEW_KEYS"),
        ("drift", "HYBRID_SEALERS"),
    ]


def test_a_laptop_has_one_file(tmp_path: Path, capsys: Capture) -> None:
    """For this user alone; nothing of it is printed, others' keys in it stay, and making one anew changes it."""
    file = tmp_path / "keys.json"
    assert main(["plan-keys", "dev", "prod", f"--keys={file}"]) == 0
    first = json.loads(file.read_text())
    assert main(["plan-keys", "dev", f"--keys={file}"]) == 0

    second = json.loads(file.read_text())
    said = capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600
    assert (second["prod"], second["dev"] == first["dev"]) == (first["prod"], False)
    assert f"{file}: new keys of dev; plans that were sealed before are refused" in said
    assert "hybrid-seal_" not in said
    assert read_keys(file).keys() == {"dev", "prod"}


def test_another_environments_keys_are_told_out_of_the_file(tmp_path: Path, capsys: Capture) -> None:
    """Whoever reviews needs all of them; the other environment's own stay as they are."""
    file = tmp_path / "keys.json"
    main(["plan-keys", "prod", f"--keys={file}"])
    capsys.readouterr()

    main(["plan-keys", "dev", f"--keys={file}", "--format=gh"])

    told = _told(capsys.readouterr().out)
    assert json.loads(told["review", "variable", "HYBRID_SEALERS"]).keys() == {"dev", "prod"}
    assert not any(environment.endswith("prod") for environment, _, _ in told)


@pytest.mark.parametrize("name", ["a; rm", "a b", "", "$(x)", "Prod", "é"])
def test_what_is_no_environment_is_refused(name: str, capsys: Capture) -> None:
    """What is printed is run by a shell."""
    assert main(["plan-keys", "dev", name, "--format=gh"]) == 2
    assert "is no name of an environment" in capsys.readouterr().err


def test_the_former_verb_says_what_to_do(capsys: Capture) -> None:
    """And makes nothing; it is in no help."""
    code = main(["plan-key"])
    said = capsys.readouterr()
    main(["--help"])

    assert (code, said.out) == (2, "")
    assert "make them with hybrid plan-keys ENV..." in said.err
    assert "plan-key " not in capsys.readouterr().out
