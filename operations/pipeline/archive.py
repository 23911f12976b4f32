"""What stands in a stored plan beside what ``terraform show -json`` says of it, and decides what an apply does.

A stored plan is a zip of ``tfplan`` (protocol buffers), the state before and after refreshing, the whole configuration
and the lock file. An apply takes the backend, the targets, each object's provider and private data, and the state from
there, and none of it is shown. So both archives, the one to apply and a fresh one, are read here and compared, and what
is applied is an archive written anew: two readers of a zip may disagree about what is in it.

https://github.com/hashicorp/terraform/blob/v1.11/internal/plans/planproto/planfile.proto (excerpt), and that of
OpenTofu, which numbers its fields alike; read on 2026-11-30.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_PLAN, _STATE, _PREVIOUS, _MODULES = "tfplan", "tfstate", "tfstate-prev", "tfconfig/modules.json"
_LOCK: Final = ".terraform.lock.hcl"
_PACKED: Final = frozenset({zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED})
_ROOT: Final = "tfconfig/m-/"
_ONE_MODULE: Final = [{"Key": "", "Dir": "."}]

_CHANGE = 3
_TOLD: Final = frozenset((2, _CHANGE, 4, 15, 18, 19, 21, 22))
"""Fields of a plan that are shown and compared there, or say when it was made and why: variables, changes, outputs,
relevant attributes, drift, checks, time, results of functions."""

_ADDRESS, _DEPOSED, _ACTION_OF = 13, 7, 9
_TOLD_OF_CHANGE: Final = frozenset((_ACTION_OF, 11, 12))
"""Fields of a change that are shown: values, what forces a replacement, the reason."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOST_BITS = 63

Fields = Mapping[int, list[bytes]]
Key = tuple[bytes, ...]


class NotAPlan(ValueError):  # noqa: N818 - reads as the sentence it is
    """It is not what Terraform writes; the message is what is wrong."""


@dataclass(frozen=True)
class Archive:
    """A stored plan, taken apart.

    Attributes:
        members: every file in it.
    """

    members: Mapping[str, bytes]

    def __repr__(self) -> str:
        """Without what it holds."""
        return "Archive(...)"

    @property
    def configuration(self) -> dict[str, bytes]:
        """The files of the code that it was made from."""
        found = self.members.items()
        return {name.removeprefix(_ROOT): data for name, data in found if name.startswith(_ROOT)}

    def state(self, *, previous: bool = False) -> Mapping[str, Any]:
        """The state that an apply begins with; or the one that was there before it was refreshed.

        Raises:
            NotAPlan: there is none.
        """
        try:
            state = json.loads(self.members[_PREVIOUS if previous else _STATE])
        except (KeyError, ValueError, RecursionError):
            raise NotAPlan("holds no state") from None
        if not isinstance(state, dict):
            raise NotAPlan("holds no state")
        return state

    def untold(self) -> dict[int, list[bytes]]:
        """What nobody is shown of the plan as a whole: where its state is, what it is limited to."""
        found = _fields(self._plan)
        return {number: sorted(values) for number, values in found.items() if number not in _TOLD}

    def changes(self) -> dict[Key, dict[int, list[bytes]]]:
        """By address, what nobody is shown of each change that does anything: its provider and private data."""
        found = {}
        for raw in _fields(self._plan).get(_CHANGE, []):
            fields = _fields(raw)
            kinds = [kind for change in fields.get(_ACTION_OF, []) for kind in _fields(change).get(1, [])]
            if any(any(kind) for kind in kinds):
                key = (*fields.get(_ADDRESS, []), *fields.get(_DEPOSED, []))
                if key in found:
                    raise NotAPlan("changes an object twice")
                found[key] = {
                    number: values for number, values in fields.items() if number not in _TOLD_OF_CHANGE
                }
                found[key][0] = kinds
        return found

    @property
    def _plan(self) -> bytes:
        try:
            return self.members[_PLAN]
        except KeyError:
            raise NotAPlan("holds no plan") from None

    def written(self) -> bytes:
        """The same archive, written here."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.members.items():
                # Without a date of its own: a clock before 1980 has none for an archive.
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def read_archive(data: bytes) -> Archive:
    """Take a stored plan apart.

    Raises:
        NotAPlan: it is none, or holds what Terraform does not put into one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            is_odd = any(entry.compress_type not in _PACKED for entry in archive.infolist())
            members = {} if is_odd else {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError):
        raise NotAPlan("is no archive") from None
    if is_odd:
        raise NotAPlan("is packed as Terraform packs nothing")
    if len(members) != len(names):
        raise NotAPlan("holds a file twice")
    expected = {_PLAN, _STATE, _PREVIOUS, _MODULES, _LOCK}
    strange = [name for name in names if name not in expected and not name.startswith(_ROOT)]
    if strange:
        raise NotAPlan(f"holds {strange[0]!r}, which Terraform does not put there")
    try:
        modules = json.loads(members[_MODULES])
    except (KeyError, ValueError, RecursionError):
        modules = None
    if modules != _ONE_MODULE:
        raise NotAPlan("holds modules, and stacks have none")
    return Archive(members)


def _fields(data: bytes) -> dict[int, list[bytes]]:
    """The fields of a message by number, each value as it stands there; a number as its bytes.

    Raises:
        NotAPlan: it is no message.
    """
    found: dict[int, list[bytes]] = defaultdict(list)
    for number, value in _each(data):
        found[number].append(value)
    return dict(found)


def _each(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        start = at
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value.to_bytes(8, "big")
            continue
        if kind == _BYTES:
            length, start = _varint(data, at)
        elif kind in {_FIXED64, _FIXED32}:
            length = 8 if kind == _FIXED64 else 4
        else:
            raise NotAPlan("holds no plan")
        at = start + length
        if at > len(data):
            raise NotAPlan("holds no plan")
        yield tag >> 3, data[start:at]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        if at >= len(data) or shift > _MOST_BITS:
            raise NotAPlan("holds no plan")
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value & (2**64 - 1), at
