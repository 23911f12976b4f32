"""What a sealed plan lets nobody do."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.problems import InvalidInput
from operations.plans import sealed_plan
from operations.plans.about import About
from operations.plans.about import read as read_line
from operations.plans.about import written as written_line
from operations.plans.keys import Opening, Pairs, new_pairs
from operations.plans.sealed_plan import StoredPlan, open_shown, open_stored, read_about, seal

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SECRET = "hunter2-hunter2"  # noqa: S105 - good nowhere
DEV, PROD = new_pairs(), new_pairs()
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
    pull_request="7",
    head="h",
    base="b",
)
PLAN = {
    "format_version": "1.2",
    "variables": {"key": {"value": SECRET}},
    "resource_changes": [
        {"change": {"before": None, "after": {"key": SECRET}, "after_sensitive": {"key": True}}}
    ],
    "prior_state": {"values": {"of_all": SECRET}},
}
STORED = StoredPlan(b"PK" + SECRET.encode(), json.dumps(PLAN).encode(), b"lock")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A sealed plan of dev."""
    path = tmp_path / "plans" / "dev.plan"
    seal(path, ABOUT, STORED, DEV.sealing)
    return path


def reviewing(pairs: Pairs = DEV) -> Callable[[str], Opening]:
    """What reviews, of whatever environment."""
    return lambda _: pairs.reviewing


def applying(pairs: Pairs = DEV) -> Callable[[str], Opening]:
    """What applies, of whatever environment."""
    return lambda _: pairs.applying


def refusal(path: Path, keys: Callable[[str], Opening] | None = None, now: datetime = NOW) -> str:
    """Why a plan is not opened; whoever reviews and whoever applies are told the same."""
    with pytest.raises(InvalidInput) as refused:
        open_shown(path, keys or reviewing(), now)
    with pytest.raises(InvalidInput) as also:
        open_stored(path, keys or applying(), now)
    assert keys or str(also.value) == str(refused.value)
    return str(refused.value)


def test_whoever_applies_opens_all_of_it(sealed: Path) -> None:
    """The plan as it was, and what was shown for review."""
    about, opened = open_stored(sealed, applying(), NOW)

    assert (opened.plan, opened.lock, SECRET in str(opened)) == (STORED.plan, b"lock", False)
    assert json.loads(open_shown(sealed, reviewing(), NOW)[1]) == opened.shown
    assert replace(about, sealer="", shown_sha256="") == ABOUT
    assert (read_about(sealed), about.request.number) == (about, "7")


def test_whoever_reviews_sees_what_changes_and_no_secret(sealed: Path) -> None:
    """The state that a plan carries along is not there at all."""
    text = open_shown(sealed, reviewing(), NOW)[1].decode()

    assert SECRET not in text
    assert json.loads(text).keys() == {"format_version", "variables", "resource_changes"}


def test_it_is_for_its_owner_and_shows_no_secret(sealed: Path) -> None:
    """Neither in the file nor in a representation; nothing else is left in the folder."""
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert SECRET.encode() not in sealed.read_bytes()
    assert SECRET not in repr(STORED)
    assert list(sealed.parent.iterdir()) == [sealed]


def test_sealing_twice_gives_other_bytes(sealed: Path) -> None:
    """Not even the digest of what is shown tells that it is the same plan."""
    before, digest = sealed.read_bytes(), read_about(sealed).shown_sha256

    seal(sealed, ABOUT, STORED, DEV.sealing)

    assert sealed.read_bytes() != before
    assert read_about(sealed).shown_sha256 != digest


def test_the_key_that_reviews_opens_no_stored_plan(sealed: Path) -> None:
    """Which holds the state, and every variable."""
    with pytest.raises(InvalidInput, match="is not sealed for the key that is here"):
        open_stored(sealed, reviewing(), NOW)


@pytest.mark.parametrize("opens", [open_shown, open_stored], ids=["review", "apply"])
def test_the_key_that_seals_opens_nothing(sealed: Path, opens: Callable[..., Any]) -> None:
    """Whoever makes the plans of today reads none of yesterday's."""
    own = X25519PrivateKey.from_private_bytes(DEV.seal.private_bytes_raw())

    with pytest.raises(InvalidInput, match="is not sealed for the key that is here"):
        opens(sealed, lambda _: replace(DEV.applying, key=own), NOW)


def test_another_environments_keys_open_nothing(sealed: Path) -> None:
    """Even where somebody takes the right one for who seals."""
    mixed = replace(PROD.reviewing, sealer=DEV.seal.public_key())

    assert "is not sealed for the key that is here (shown to whoever reviews)" in refusal(
        sealed, lambda _: mixed
    )
    assert "is not sealed by whoever plans dev; nothing of it is used" in refusal(sealed, reviewing(PROD))


def test_whoever_reviews_or_applies_seals_nothing(tmp_path: Path) -> None:
    """What they hold signs nothing: they would seal with another key."""
    path = tmp_path / "dev.plan"
    forger = replace(new_pairs(), review=DEV.review, apply=DEV.apply)

    seal(path, ABOUT, STORED, forger.sealing)

    assert "is not sealed by whoever plans dev" in refusal(path)


def test_a_borrowed_fingerprint_is_no_signature(sealed: Path) -> None:
    """It stands readable in every plan."""
    mine = read_about(sealed)
    seal(sealed, ABOUT, STORED, PROD.sealing)
    sealed.write_bytes(sealed.read_bytes().replace(read_about(sealed).sealer.encode(), mine.sealer.encode()))

    assert "was changed after it was sealed" in refusal(sealed)


def test_a_changed_byte_anywhere_is_noticed(sealed: Path) -> None:
    """In what stands readable in front too."""
    data = sealed.read_bytes()
    body = data.index(b"}\n") + 2
    forged = [
        data.replace(b'"pull_request": "7"', b'"pull_request": "8"'),
        data.replace(b'"changes": true', b'"changes": false'),
        data.replace(b"2026-11-21T01", b"2036-11-21T01"),
    ]
    flipped = [bytes((*data[:at], data[at] ^ 1, *data[at + 1 :])) for at in (body + 8, len(data) - 1)]

    for changed in (*forged, *flipped):
        assert changed != data
        sealed.write_bytes(changed)
        assert "was changed after it was sealed" in refusal(sealed)


def test_all_that_is_wrong_is_told_at_once(sealed: Path) -> None:
    """Not one thing after the other."""
    seal(sealed, replace(ABOUT, stack="prod"), STORED, PROD.sealing)

    said = refusal(sealed, now=NOW + timedelta(hours=1))

    assert "is not sealed by whoever plans dev" in said
    assert "is sealed for dev, and prod is none of its stacks" in said
    assert "expired at 2026-11-21T01:00:00+00:00" in said


def test_it_is_good_for_a_while_only(sealed: Path) -> None:
    """To the second."""
    assert open_shown(sealed, reviewing(), NOW + timedelta(minutes=59))[0].stack == "dev"
    assert "expired at 2026-11-21T01:00:00+00:00" in refusal(sealed, now=NOW + timedelta(hours=1))


def sealed_otherwise(monkeypatch: pytest.MonkeyPatch, path: Path, **parts: bytes) -> None:
    """Seal with the right key what hybrid plan would not: parts by the first word of their names."""
    suite = sealed_plan._SUITE  # noqa: SLF001 - the forger's

    class Forging:
        def encrypt(self, data: bytes, key: Any, info: bytes) -> bytes:
            name = info.rpartition(b"\n")[2].decode().replace(" ", "_")
            return suite.encrypt(zlib.compress(parts[name]) if name in parts else data, key, info=info)

    with monkeypatch.context() as patch:
        patch.setattr(sealed_plan, "_SUITE", Forging())
        seal(path, ABOUT, STORED, DEV.sealing)


def test_whoever_reviews_and_whoever_applies_are_shown_the_same(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a harmless plan would be reviewed, and another applied."""
    sealed_otherwise(monkeypatch, sealed, shown_to_whoever_reviews=b"r" * 32 + b"{}")

    with pytest.raises(
        InvalidInput, match="shows one thing to whoever reviews and another to whoever applies"
    ):
        open_shown(sealed, reviewing(), NOW)


@pytest.mark.parametrize(
    "stored", [b"", b"\0" * 7 + b"\x09x", b"\0" * 24 + b"more"], ids=["nothing", "cut", "more"]
)
def test_a_stored_part_that_is_none_is_refused(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, stored: bytes
) -> None:
    """Sealed with a stolen key."""
    sealed_otherwise(monkeypatch, sealed, stored=stored)

    with pytest.raises(InvalidInput, match="is sealed by something else than hybrid plan"):
        open_stored(sealed, applying(), NOW)


@pytest.mark.parametrize("text", [b"{", b"[]"], ids=["no JSON", "no object"])
def test_a_shown_part_that_is_no_plan_is_refused(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, text: bytes
) -> None:
    """Sealed with a stolen key, too."""
    told = b"r" * 32 + text
    monkeypatch.setattr(sealed_plan, "digest", lambda _: "of all")
    sealed_otherwise(monkeypatch, sealed, shown_to_whoever_reviews=told)

    with pytest.raises(InvalidInput, match="is sealed by something else than hybrid plan"):
        open_shown(sealed, reviewing(), NOW)


LINE = written_line(ABOUT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"hybrid plan 2\n",
        b"hybrid plan 2\n" + LINE,
        b"hybrid plan 2\n" + LINE + b"\n",
        b"hybrid plan 2\n" + LINE + b"\n" + b"\0" * 24 + b"one more" + b"s" * 64,
        b"hybrid plan 2\n{}\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\nnull\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\n" + LINE.replace(b"2026-11-21T01:00:00+00:00", b"soon") + b"\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\n" + LINE.replace(b"T01:00:00+00:00", b"T01:00:00") + b"\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\n" + LINE.replace(b'"dev"', b'"\\u001b[2J"') + b"\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\n" + LINE.replace(b'"dev"', b"1") + b"\n" + b"\0" * 24 + b"s" * 64,
        b"hybrid plan 2\n" + LINE.replace(b'"t"', b'"t" ') + b"\n" + b"\0" * 24 + b"s" * 64,
    ],
    ids=["empty", "zip", "head", "line", "parts", "more", "fields", "null", "time", "zone", "control", "kind", "form"],
)  # fmt: skip
def test_another_file_is_no_sealed_plan(tmp_path: Path, data: bytes) -> None:
    """Such as the plan itself."""
    (tmp_path / "x.plan").write_bytes(data)

    assert "is not a sealed plan" in refusal(tmp_path / "x.plan")


def test_a_plan_of_the_former_kind_is_told(tmp_path: Path) -> None:
    """One key sealed and opened it."""
    (tmp_path / "x.plan").write_bytes(b"hybrid plan 1\n{}\n")

    assert "is sealed in a former way, with one key for all; plan it again" in refusal(tmp_path / "x.plan")


@pytest.fixture(name="generated", scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A file with a plan, and what is in it."""
    path = tmp_path_factory.mktemp("sealed") / "generated.plan"
    seal(path, ABOUT, STORED, DEV.sealing)
    return path, path.read_bytes()


@given(at=st.integers(0, 2000), cut=st.integers(0, 80), put=st.binary(max_size=80))
def test_no_file_is_opened_but_one_that_was_sealed(
    generated: tuple[Path, bytes], at: int, cut: int, put: bytes
) -> None:
    """Whatever is cut out of it, put into it or changed in it: a refusal, never a traceback."""
    path, true = generated
    at %= len(true)
    changed = true[:at] + put + true[at + cut :]
    path.write_bytes(changed)

    if changed == true:
        assert open_shown(path, reviewing(), NOW)[0].stack == "dev"
    else:
        assert refusal(path)


@given(
    line=st.binary(max_size=200)
    | st.recursive(st.none() | st.text(), st.lists, max_leaves=12).map(lambda v: json.dumps(v).encode())
)
def test_no_line_is_read_that_was_not_written(line: bytes) -> None:
    """What stands in front is read before anything has confirmed it."""
    assert read_line(line) is None


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
        seal(tmp_path / "dev.plan", ABOUT, STORED, DEV.sealing)

    assert list(tmp_path.iterdir()) == []
