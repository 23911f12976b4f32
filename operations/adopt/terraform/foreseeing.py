"""What the first plan would do to what is paired: compared attribute by attribute, before there is a plan.

Compared is what the stack says, and of what it leaves unsaid whatever the provider neither computes nor has a default
for. What a secret is, and what an expression comes to, only a plan tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Final

from estate.model.refactoring import SAID_AND_KEPT
from estate.reading.paths import shortened
from operations.adopt.secrecy import NOT_SHOWN, may_be_secret
from operations.adopt.terraform.found import FoundObject
from operations.adopt.terraform.pairing import AFTER_APPLY, Pairs, Unknown
from operations.adopt.terraform.provider_facts import (
    NOT_GIVEN_BACK,
    Effect,
    default,
    effect,
    is_computed,
    is_judged,
    is_whole,
)
from operations.adopt.terraform.values import is_empty, plain, same
from operations.artifacts.stack_json import addresses


class Fate(IntEnum):
    """What becomes of a resource, the worst first."""

    REPLACED = 0
    MOVED = 1
    UNKNOWN = 2
    IN_PLACE = 3
    NEW = 4
    UNCHANGED = 5


@dataclass(frozen=True)
class AttributeChange:
    """An attribute that would change.

    Attributes:
        path: the attribute, with dots and without positions.
        before: what is there, as a person may see it.
        after: what the stack says.
        effect: what the change does.
    """

    path: str
    before: str
    after: str
    effect: Effect


@dataclass(frozen=True)
class Foreseen:
    """What becomes of a resource of the stack.

    Attributes:
        address: its address.
        found: the object that it is; None for what is made.
        import_id: by which id the object comes in; "" where it does not.
        fate: what becomes of it.
        changes: the attributes that change.
    """

    address: str
    found: FoundObject | None
    import_id: str
    fate: Fate
    changes: tuple[AttributeChange, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """The attributes that stay as they are, as ignore_changes names them."""
        return tuple(one.path.replace(".", "[0].") for one in self.changes if one.effect is Effect.KEPT)


_META: Final = frozenset({"//", "lifecycle", "depends_on", "provider", "provisioner", "connection"})
_LABELS: Final[Mapping[str, tuple[tuple[str, ...], str, str]]] = {
    "google": (("labels", "resource_labels"), "effective_labels", "default_labels"),
    "aws": (("tags",), "tags_all", "default_tags"),
}
"""By provider, what carries labels, what it keeps them in together with those of everything, and where it is told these."""
_OF_SYSTEMS: Final = ("goog-", "aws:", "kubernetes.io/cluster/")
"""How labels begin that a cloud and clusters set by themselves."""
_AFTER_APPLY: Final = "(known after apply)"
_IN_PLAN: Final = "(known to a plan)"
_COMPUTED_EVERYWHERE: Final = frozenset({"id", "self_link", "arn", "tags_all", "timeouts", "region"})


def foresee(pairs: Pairs) -> Iterator[Foreseen]:
    """Say what becomes of every resource of a stack."""
    for address in addresses(pairs.stack):
        found = pairs.by_address.get(address)
        if found is None:
            yield Foreseen(address, None, "", Fate.NEW)
            continue
        type_, _, name = address.partition(".")
        body = pairs.stack["resource"][type_][name]
        changes = tuple(_Comparison(pairs, type_, body).changes(found))
        id_ = pairs.id_of(address)
        yield Foreseen(address, found, id_, _fate(type_, body, id_, changes), changes)


def _fate(type_: str, body: Mapping[str, Any], id_: str, changes: tuple[AttributeChange, ...]) -> Fate:
    effects = {change.effect for change in changes}
    if Effect.REPLACES in effects:
        return Fate.REPLACED
    ignored = body.get("lifecycle", {}).get("ignore_changes", ())
    if not id_ or any(name in body and name not in ignored for name in NOT_GIVEN_BACK.get(type_, ())):
        return Fate.MOVED
    if Effect.UNKNOWN in effects:
        return Fate.UNKNOWN
    return Fate.IN_PLACE if Effect.IN_PLACE in effects else Fate.UNCHANGED


class _Comparison:
    """One resource, as its stack says it, against an object."""

    def __init__(self, pairs: Pairs, type_: str, body: Mapping[str, Any]) -> None:
        self._pairs = pairs
        self._type = type_
        self._body = {key: value for key, value in body.items() if key not in _META}
        ignored = body.get("lifecycle", {}).get("ignore_changes", ())
        self._hidden: frozenset[str] = frozenset()
        self._ignored = tuple(name.replace("[0]", "") for name in ignored)

    def changes(self, found: FoundObject) -> Iterator[AttributeChange]:
        """The attributes that differ."""
        self._hidden = found.hidden
        keys, together, of_all = _LABELS.get(self._type.partition("_")[0], ((), "", ""))
        labels = next((key for key in keys if key in self._body or key in found.attributes), "")
        apart = set(NOT_GIVEN_BACK.get(self._type, ()))
        if labels and together in found.attributes:
            yield from self._labels(found, labels, together, of_all)
            apart |= {labels, together, "terraform_labels"}
        mine, theirs = (
            {key: one[key] for key in one if key not in apart} for one in (self._body, found.attributes)
        )
        yield from self._block(mine, theirs, "")

    def _block(
        self, mine: Mapping[str, Any], theirs: Mapping[str, Any], at: str
    ) -> Iterator[AttributeChange]:
        for key, value in mine.items():
            path = f"{at}.{key}" if at else key
            if path in self._hidden and not self._is_ignored(path):
                yield AttributeChange(path, NOT_SHOWN, NOT_SHOWN, Effect.UNKNOWN)
            elif not self._is_ignored(path) and value is not None:
                yield from self._value(self._pairs.resolved(value), theirs.get(key), path)
        for key, value in theirs.items():
            path = f"{at}.{key}" if at else key
            if mine.get(key) is None and not self._is_ignored(path):
                yield from self._unsaid(value, path)

    def _value(self, mine: Any, theirs: Any, path: str) -> Iterator[AttributeChange]:
        blocks = theirs if isinstance(theirs, list) else []
        if isinstance(mine, dict) and (theirs is None or isinstance(theirs, list)):
            if not blocks and is_empty(mine):
                return
            if len(blocks) == 1 and isinstance(blocks[0], dict):
                yield from self._block(mine, blocks[0], path)
                return
        elif isinstance(mine, list) and any(isinstance(one, dict) for one in mine):
            yield from self._blocks(mine, blocks, path)
            return
        elif isinstance(mine, Unknown):
            yield self._changed(path, theirs, mine)
            return
        elif same(mine, theirs) or (is_empty(mine) and same(default(self._type, path) or mine, theirs)):
            return
        yield self._changed(path, theirs, mine)

    def _blocks(self, mine: list[Any], theirs: list[Any], path: str) -> Iterator[AttributeChange]:
        """Blocks of which there are several, in whatever order: each of them has to be there."""
        left = [one for one in theirs if isinstance(one, dict)]
        missing = []
        for one in mine:
            match = next((other for other in left if not list(self._block(one, other, path))), None)
            if match is None:
                missing.append(one)
            else:
                left.remove(match)
        if len(missing) == len(left) == 1:
            yield from self._block(missing[0], left[0], path)
        elif missing or left:
            yield self._changed(path, left, missing)

    def _unsaid(self, theirs: Any, path: str) -> Iterator[AttributeChange]:
        """What is there and the stack does not say."""
        if path in _COMPUTED_EVERYWHERE or not is_whole(self._type) or is_computed(self._type, path):
            return
        otherwise = default(self._type, path)
        if otherwise is None and (is_empty(theirs) or self._is_empty_block(theirs, path)):
            return
        if otherwise is None or not same(otherwise, theirs):
            change = self._changed(path, theirs, otherwise)
            may_stay = change.effect is Effect.REPLACES and self._stands_alone(path)
            yield replace(change, effect=Effect.KEPT) if may_stay else change

    def _stands_alone(self, path: str) -> bool:
        """Whether Terraform can be told to leave an attribute alone: in no block, or in blocks that there is one of."""
        value: Any = self._body
        for key in path.split(".")[:-1]:
            value = value.get(key) if isinstance(value, dict) else None
        return isinstance(value, dict)

    def _is_empty_block(self, theirs: Any, path: str) -> bool:
        """Whether all that stands in a block is nothing, computed or what holds anyway."""
        return isinstance(theirs, list) and all(
            isinstance(one, dict)
            and not any(list(self._unsaid(value, f"{path}.{key}")) for key, value in one.items())
            for one in theirs
        )

    def _labels(self, found: FoundObject, key: str, together: str, of_all: str) -> Iterator[AttributeChange]:
        """Labels together with those that everything has, which the provider adds by itself."""
        providers = self._pairs.stack.get("provider", {}).get(self._type.partition("_")[0]) or [{}]
        added = providers[0].get(of_all, {})
        added = added[0].get("tags", {}) if isinstance(added, list) else added
        mine = {**added, **(self._pairs.resolved(self._body.get(key)) or {})}
        there = found.at(together) or {}
        theirs = {name: value for name, value in there.items() if not name.startswith(_OF_SYSTEMS)}
        different = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
        if different:
            before, after = ({name: one[name] for name in different if name in one} for one in (theirs, mine))
            yield AttributeChange(key, _shown(before, key), _shown(after, key), Effect.IN_PLACE)

    def _changed(self, path: str, before: Any, after: Any) -> AttributeChange:
        what = effect(self._type, path)
        if _only_a_plan_knows(after):
            what = Effect.UNKNOWN
        if is_judged(self._type, path) and after is not AFTER_APPLY and not _are_references(before, after):
            what = Effect.UNKNOWN
        if path in SAID_AND_KEPT and what is Effect.REPLACES:
            what = Effect.KEPT
        return AttributeChange(path, _shown(before, path), _shown(after, path), what)

    def _is_ignored(self, path: str) -> bool:
        return any(path == name or path.startswith(f"{name}.") or name == "all" for name in self._ignored)


def _only_a_plan_knows(value: Any) -> bool:
    """Whether something in a value is what a plan finds out."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, Unknown) and value is not AFTER_APPLY) or any(map(_only_a_plan_knows, below))


def _are_references(before: Any, after: Any) -> bool:
    """Whether both name an object, one of them by its path, so that they plainly name another one."""
    texts = [plain(value) for value in (before, after) if isinstance(value, str) and value]
    return len(texts) == 2 and any(text.startswith("projects/") for text in texts)  # noqa: PLR2004 - both


def _shown(value: Any, path: str) -> str:
    """A value as a person may see it, on one line and shortened."""
    if isinstance(value, Unknown):
        return _AFTER_APPLY if value is AFTER_APPLY else _IN_PLAN
    if value is None or value in ([], {}):
        return "nothing"
    if may_be_secret(tuple(path.split("."))) and isinstance(value, str):
        return NOT_SHOWN
    return shortened(
        value
        if isinstance(value, str)
        else json.dumps(value, sort_keys=True, default=lambda one: _shown(one, path))
    )
