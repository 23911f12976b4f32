"""Stored plans taken apart, and what is no stored plan."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.pipeline.archive import Archive, NotAPlan, read_archive

MODULES = b'[{"Key": "", "Dir": "."}]'
MEMBERS = [
    ("tfplan", b"\x08\x03"),
    ("tfstate", b'{"serial": 2}'),
    ("tfstate-prev", b'{"serial": 1}'),
    ("tfconfig/modules.json", MODULES),
    ("tfconfig/m-/cdk.tf.json", b"{}"),
    (".terraform.lock.hcl", b""),
]


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings(action="ignore"):
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """A message of protocol buffers with small numbers and short texts."""
    parts = []
    for number, value in fields:
        tag = number << 3 | (0 if isinstance(value, int) else 2)
        low = [tag & 0x7F | 0x80, tag >> 7] if tag > 0x7F else [tag]
        parts.append(bytes([*low, value]) if isinstance(value, int) else bytes([*low, len(value)]) + value)
    return b"".join(parts)


def of_plan(plan: bytes) -> Archive:
    """An archive with this plan."""
    return read_archive(zipped([("tfplan", plan), *MEMBERS[1:]]))


def test_an_archive_is_written_anew_as_it_was_read() -> None:
    """So that whoever applies it reads what was read here; whatever stood around it is gone."""
    archive = read_archive(b"something in front" + zipped(MEMBERS))

    assert read_archive(archive.written()) == archive
    assert not archive.written().startswith(b"something")
    assert archive.configuration == {"cdk.tf.json": b"{}"}
    assert (archive.state(), archive.state(previous=True)) == ({"serial": 2}, {"serial": 1})
    assert "cdk" not in repr(archive)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        pytest.param([*MEMBERS, ("tfconfig/m-/cdk.tf.json", b"x")], "holds a file twice", id="twice"),
        pytest.param([*MEMBERS, ("tfconfig/m-a/x.tf", b"")], "holds 'tfconfig/m-a/x.tf', which", id="module"),
        pytest.param(
            [*MEMBERS, ("../x", b"")], "holds '../x', which Terraform does not put there", id="outside"
        ),
        pytest.param(MEMBERS[:3], "holds modules, and stacks have none", id="no modules"),
        pytest.param([("tfconfig/modules.json", b"[")], "holds modules, and stacks have none", id="no JSON"),
        pytest.param([("tfconfig/modules.json", b"[]")], "holds modules, and stacks have none", id="none"),
    ],
)
def test_what_terraform_does_not_write_is_refused(members: Sequence[tuple[str, bytes]], words: str) -> None:
    """Two files of one name, above all: two readers take different ones."""
    with pytest.raises(NotAPlan, match=words.replace("(", r"\(")):
        read_archive(zipped(members))


def test_what_is_packed_otherwise_is_refused() -> None:
    """It may ask for as much memory as whoever packed it says, and fails in ways of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("tfplan", b"x")

    with pytest.raises(NotAPlan, match="is packed as Terraform packs nothing"):
        read_archive(packed.getvalue())


@pytest.mark.parametrize("state", [None, b"[]", b"{"], ids=["absent", "list", "no JSON"])
def test_a_plan_without_a_state_is_none(state: bytes | None) -> None:
    """Of both states."""
    rest = [MEMBERS[0], *MEMBERS[3:]]
    kept = [] if state is None else [("tfstate", state), ("tfstate-prev", state)]
    archive = read_archive(zipped([*rest, *kept]))

    for previous in (False, True):
        with pytest.raises(NotAPlan, match="holds no state"):
            archive.state(previous=previous)


def test_what_is_shown_of_no_plan_is_read() -> None:
    """Where the state is and what a plan is limited to; not when it was made."""
    plan = message((1, 3), (13, b"s3"), (5, b"b"), (5, b"a"), (21, b"today"), (2, b"variable"), (17, 1))

    assert of_plan(plan).untold() == {
        1: [(3).to_bytes(8, "big")],
        13: [b"s3"],
        5: [b"a", b"b"],
        17: [(1).to_bytes(8, "big")],
    }


def test_what_is_shown_of_no_change_is_read() -> None:
    """Its provider and its private data, of what does anything."""
    update = message((13, b"x.y"), (8, b"provider"), (9, message((1, 3), (2, b"values"))), (10, b"private"))
    idle = message((13, b"x.z"), (9, message((2, b"values"))))
    also = message((13, b"x.z"), (7, b"deposed"), (9, message((1, 0))), (9, message((1, 5))))

    changes = of_plan(message((3, update), (3, idle), (3, also))).changes()

    assert changes.keys() == {(b"x.y",), (b"x.z", b"deposed")}
    assert (changes[b"x.y",][8], changes[b"x.y",][10]) == ([b"provider"], [b"private"])
    with pytest.raises(NotAPlan, match="changes an object twice"):
        of_plan(message((3, update), (3, update))).changes()


@pytest.mark.parametrize(
    "plan",
    [b"\x08", b"\x80", b"\x0a\x05x", b"\x0b", b"\x09abc", b"\x08" + b"\x80" * 12 + b"\x01"],
    ids=["cut", "cut tag", "cut text", "group", "cut number", "endless number"],
)
def test_what_is_no_message_is_refused(plan: bytes) -> None:
    """A forger's."""
    with pytest.raises(NotAPlan, match="holds no plan"):
        of_plan(plan).untold()


def test_numbers_of_a_fixed_length_are_read() -> None:
    """Terraform writes none; they are fields like others."""
    assert of_plan(b"\x31abcdefgh\x3dabcd").untold() == {6: [b"abcdefgh"], 7: [b"abcd"]}


def test_an_archive_without_a_plan_is_refused() -> None:
    """Which Terraform would say, too."""
    with pytest.raises(NotAPlan, match="holds no plan"):
        read_archive(zipped(MEMBERS[1:])).untold()


@given(at=st.integers(0, 2000), put=st.binary(max_size=40), cut=st.integers(0, 40))
def test_whatever_is_changed_is_read_or_refused(at: int, put: bytes, cut: int) -> None:
    """Never a traceback."""
    data = zipped(MEMBERS)
    at %= len(data)
    try:
        archive = read_archive(data[:at] + put + data[at + cut :])
        archive.untold()
        archive.changes()
        json.dumps(archive.state())
    except NotAPlan as refused:
        assert str(refused)  # noqa: PT017 - either will do
