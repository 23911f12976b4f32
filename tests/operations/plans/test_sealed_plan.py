"""What a sealed plan lets nobody do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.cli import main
from operations.plans.sealed_plan import (
    KEY,
    About,
    StoredPlan,
    fingerprint,
    key_of_environment,
    new_key,
    read_about,
    seal,
    unseal,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SECRET = b"hunter2-hunter2"
RAW_KEY = key_of_environment({KEY: new_key()})
ABOUT = About(
    stack="dev",
    environment="dev",
    created=NOW.isoformat(),
    expires=(NOW + timedelta(hours=1)).isoformat(),
    tree="t",
    stack_sha256="s",
    lock_sha256="l",
    terraform="1.11.4",
    changes=True,
    key=fingerprint(RAW_KEY),
)
STORED = StoredPlan(b"PK" + SECRET, SECRET, b"lock")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A sealed plan."""
    path = tmp_path / "plans" / "dev.plan"
    seal(path, ABOUT, STORED, RAW_KEY)
    return path


def refusal(path: Path, key: bytes = RAW_KEY, now: datetime = NOW) -> str:
    """Why a plan is not opened."""
    with pytest.raises(InvalidInput) as refused:
        unseal(path, key, now)
    return str(refused.value)


def test_it_opens_as_it_was_sealed(sealed: Path) -> None:
    """With the same key, in its time."""
    assert unseal(sealed, RAW_KEY, NOW) == (ABOUT, STORED)
    assert read_about(sealed) == ABOUT


def test_it_is_for_its_owner_and_shows_no_secret(sealed: Path) -> None:
    """Neither in the file nor in a representation; nothing else is left in the folder."""
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert SECRET not in sealed.read_bytes()
    assert SECRET.decode() not in repr(STORED)
    assert list(sealed.parent.iterdir()) == [sealed]


def test_sealing_twice_gives_other_bytes(sealed: Path) -> None:
    """No nonce is used twice."""
    before = sealed.read_bytes()

    seal(sealed, ABOUT, STORED, RAW_KEY)

    assert sealed.read_bytes() != before


def test_another_key_opens_nothing(sealed: Path) -> None:
    """And is told from tampering."""
    assert "is sealed with another key" in refusal(sealed, key_of_environment({KEY: new_key()}))


def test_a_changed_byte_anywhere_is_noticed(sealed: Path) -> None:
    """In what stands readable in front too."""
    data = sealed.read_bytes()
    body = data.index(b"}\n") + 2
    forged = [
        data.replace(b'"stack": "dev"', b'"stack": "qa"'),
        data.replace(b'"changes": true', b'"changes": false'),
        data.replace(b"2026-11-21T01", b"2036-11-21T01"),
    ]
    flipped = [bytes((*data[:at], data[at] ^ 1, *data[at + 1 :])) for at in (body, body + 12, len(data) - 1)]

    for changed in (*forged, *flipped, data[:-1], data[: body + 3]):
        assert changed != data
        sealed.write_bytes(changed)
        assert "was changed after it was sealed" in refusal(sealed)


def test_it_is_good_for_a_while_only(sealed: Path) -> None:
    """To the second."""
    assert unseal(sealed, RAW_KEY, NOW + timedelta(minutes=59))[0] == ABOUT
    assert "expired at 2026-11-21T01:00:00+00:00" in refusal(sealed, now=NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"hybrid plan 1\n",
        b"hybrid plan 1\n{}\nx",
        b"hybrid plan 1\nnull\nx",
        b"hybrid plan 1\n" + json.dumps({**ABOUT.__dict__, "expires": "soon"}).encode() + b"\nx",
        b"hybrid plan 1\n" + json.dumps({**ABOUT.__dict__, "stack": 1}).encode() + b"\nx",
    ],
    ids=["empty", "zip", "head", "fields", "null", "time", "kind"],
)
def test_another_file_is_no_sealed_plan(tmp_path: Path, data: bytes) -> None:
    """Such as the plan itself."""
    (tmp_path / "x.plan").write_bytes(data)

    assert "is not a sealed plan" in refusal(tmp_path / "x.plan")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the command that makes one."""
    assert "cannot be read (No such file" in refusal(tmp_path / "x.plan")


def test_a_seal_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full, say."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OSError, match="No space left"):
        seal(tmp_path / "dev.plan", ABOUT, STORED, RAW_KEY)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("", "is not set", id="absent"),
        pytest.param("hunter2!", "is not a key", id="text"),
        pytest.param("c2hvcnQ=", "is not a key of 32 bytes", id="short"),
        pytest.param("ø", "is not a key", id="letters"),
    ],
)
def test_a_key_that_is_none_is_refused_without_showing_it(key: str, words: str) -> None:
    """It may be a typing error of the right one."""
    with pytest.raises(InvalidInput) as refused:
        key_of_environment({KEY: key})

    assert words in str(refused.value)
    assert not key or key not in str(refused.value)


def test_a_new_key_is_printed_and_another_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    """32 bytes of the system's randomness."""
    main(["plan-key"])
    main(["plan-key"])

    first, second = capsys.readouterr().out.split()
    assert first != second
    assert len(key_of_environment({KEY: first})) == 32


def test_a_fingerprint_tells_keys_apart_and_hides_them() -> None:
    """It stands readable in every sealed plan."""
    assert fingerprint(RAW_KEY) == fingerprint(RAW_KEY)
    assert fingerprint(RAW_KEY) != fingerprint(b"\0" * 32)
    assert RAW_KEY.hex()[:16] != fingerprint(RAW_KEY)
    assert replace(ABOUT, key="") != ABOUT
