"""Reading plan JSON, from anyone and of any size, without failing over what is new in it.

What is not needed, such as ``planned_values`` and ``prior_state``, is skipped and never built, and changes
come one by one; so a plan of 200 MB takes a second or two, and little more memory than its own size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from estate.reading.problems import InvalidInput
from operations.review.entries import (
    change_of,
    deferred_invocation_of,
    deferred_of,
    invocation_of,
    mapping_in,
    messages,
    text_of,
    values_of,
)
from operations.review.plan import Change, Condition, Output, action_of

_NOTHING = Raw(b"null")
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_NOT_PASSED = {"fail", "error", "unknown"}

_PLAN_KEYS = frozenset(
    [
        "format_version",
        "terraform_version",
        "variables",
        "planned_values",
        "resource_drift",
        "resource_changes",
        "deferred_changes",
        "deferred_action_invocations",
        "action_invocations",
        "output_changes",
        "prior_state",
        "configuration",
        "relevant_attributes",
        "checks",
        "timestamp",
        "applyable",
        "complete",
        "errored",
    ]
)
_LISTS = (
    "resource_changes",
    "resource_drift",
    "deferred_changes",
    "action_invocations",
    "deferred_action_invocations",
    "checks",
)
_VERSION = re.compile(r"[0-9.]{1,5}")
_HOW = "make one with terraform show -json PLANFILE"
# https://developer.hashicorp.com/terraform/internals/json-format, 2026-11-30: 1.0 "as of Terraform 1.1.0".
_SINCE = "of Terraform 1.1 or newer, or of OpenTofu"


class PlanFile:
    """A plan in memory, read piece by piece."""

    def __init__(self, data: bytes, name: str) -> None:
        """Take a plan apart at its top level.

        Args:
            data: the text of ``terraform show -json``.
            name: what to call it in an error.

        Raises:
            InvalidInput: it is no plan; what is said never quotes it.
        """
        self._name = name
        self._parts = self._top_level(data)
        version = self._part("format_version")
        if "format_version" not in self._parts:
            raise self._refuse(f"is not a Terraform plan: it has no format_version; {_HOW}")
        if not isinstance(version, str) or not version.startswith("1."):
            shown = version if isinstance(version, str) and _VERSION.fullmatch(version) else "something else"
            raise self._refuse(f"format_version must be 1.x, got {shown!r}{_older(shown)}; {_HOW} {_SINCE}")
        if "values" in self._parts and "resource_changes" not in self._parts:
            raise self._refuse(f"is a state, not a plan; {_HOW}")

    def _top_level(self, data: bytes) -> dict[str, Raw]:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise self._refuse("is UTF-16 text, as PowerShell's > writes it; save it as UTF-8")
        try:
            return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Raw])
        except msgspec.ValidationError:
            raise self._refuse(f"is not a Terraform plan: it must be a JSON object; {_HOW}") from None
        except RecursionError:
            raise self._refuse(f"is nested too deeply for a Terraform plan; {_HOW}") from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._refuse(f"is not JSON; {_HOW}") from None

    def _refuse(self, message: str) -> InvalidInput:
        return InvalidInput.of_file(self._name, message)

    def _part(self, key: str) -> Any:
        return _decoded(self._parts.get(key, _NOTHING))

    @property
    def terraform_version(self) -> str:
        """Version of Terraform that planned; "" when it does not say."""
        version = self._part("terraform_version")
        return version if isinstance(version, str) else ""

    def oddities(self) -> Iterator[str]:
        """What this program does not know about the plan as a whole, each in a few words."""
        for key in sorted(self._parts.keys() - _PLAN_KEYS):
            yield f"the plan has {key}, which this review does not know"
        for key in _LISTS:
            if not isinstance(_list_of_raw(self._parts.get(key, _NOTHING)), list):
                yield f"{key} cannot be read"
        if self._mapping(self._parts.get("output_changes", _NOTHING)) is None:
            yield "output_changes cannot be read"

    @property
    def is_errored(self) -> bool:
        """Whether planning ended with an error, so that the plan shows only part."""
        return self._part("errored") not in (None, False)

    @property
    def is_complete(self) -> bool:
        """Whether applying it makes everything that is wanted; not so when changes are deferred."""
        complete = self._part("complete")
        return complete is None or complete is True

    def changes(self) -> Iterator[Change]:
        """Every object in the plan, also those to which nothing happens."""
        return self._changes("resource_changes")

    def drift(self) -> Iterator[Change]:
        """What happened to objects behind Terraform's back: from what the state says to what is."""
        return self._changes("resource_drift")

    def deferred(self) -> Iterator[Change]:
        """Changes and actions that have to wait for another plan."""
        yield from self._changes("deferred_changes", deferred_of)
        for position, raw in enumerate(self._list("deferred_action_invocations")):
            yield deferred_invocation_of(_decoded(raw), f"deferred_action_invocations[{position}]")

    def invocations(self) -> Iterator[Change]:
        """Actions of providers that the apply runs."""
        return self._changes("action_invocations", invocation_of)

    def _changes(self, key: str, read: Callable[[Any, str], Change] = change_of) -> Iterator[Change]:
        for position, raw in enumerate(self._list(key)):
            yield read(_decoded(raw, default=""), f"{key}[{position}]")

    def _list(self, key: str) -> list[Raw]:
        return _list_of_raw(self._parts.get(key, _NOTHING)) or []

    def configured(self) -> dict[str, Any]:
        """By address without index, the expressions that the configuration has for each object of the root."""
        found = {}
        for raw in _list_of_raw(self._root().get("resources", _NOTHING)) or []:
            resource = _decoded(raw)
            if isinstance(resource, dict):
                found[text_of(resource.get("address"))] = resource.get("expressions", {})
        return found

    def providers(self) -> dict[str, dict[str, Any]]:
        """By name in the configuration, the expressions of each provider."""
        configuration = self._mapping(self._parts.get("configuration", _NOTHING)) or {}
        found = self._mapping(configuration.get("provider_config", _NOTHING)) or {}
        decoded = {name: _decoded(raw) for name, raw in found.items()}
        return {
            name: mapping_in(value, "expressions")
            for name, value in decoded.items()
            if isinstance(value, dict)
        }

    def outputs(self) -> Iterator[Output]:
        """What happens to each output."""
        for name, raw in (self._mapping(self._parts.get("output_changes", _NOTHING)) or {}).items():
            value = _decoded(raw)
            change = value if isinstance(value, dict) else {}
            yield Output(name, action_of(change.get("actions")), values_of(change))

    def failed_conditions(self) -> Iterator[Condition]:
        """Checks, postconditions and such that did not pass."""
        for raw in self._list("checks"):
            check = _decoded(raw)
            if not isinstance(check, dict) or check.get("status") == "pass":
                continue
            status = check.get("status")
            yield Condition(
                text_of(mapping_in(check, "address").get("to_display")) or "a check",
                status if isinstance(status, str) and status in _NOT_PASSED else "unknown",
                tuple(messages(check.get("instances"))),
            )

    def plain_outputs(self) -> frozenset[str]:
        """Names of the outputs that the configuration does not call sensitive."""
        return frozenset(
            name for name, raw in self._declared("outputs").items() if not _is_sensitive(_decoded(raw))
        )

    def sensitive_variables(self) -> Iterator[Any]:
        """Values of the variables that are declared sensitive."""
        given = self._mapping(self._parts.get("variables", _NOTHING)) or {}
        for name, raw in self._declared("variables").items():
            declaration = _decoded(raw)
            if _is_sensitive(declaration):
                value = _decoded(given.get(name, _NOTHING))
                yield value.get("value") if isinstance(value, dict) else value
                yield declaration.get("default")

    def _declared(self, kind: str) -> dict[str, Raw]:
        return self._mapping(self._root().get(kind, _NOTHING)) or {}

    def _root(self) -> dict[str, Raw]:
        configuration = self._mapping(self._parts.get("configuration", _NOTHING)) or {}
        return self._mapping(configuration.get("root_module", _NOTHING)) or {}

    @staticmethod
    def _mapping(raw: Raw) -> dict[str, Raw] | None:
        """A JSON object's members; {} for null, None for anything else."""
        try:
            return msgspec.json.decode(raw, type=dict[str, Raw] | None) or {}
        except _UNREADABLE:
            return None


def read_plan(path: Path, name: str) -> PlanFile:
    """Read a file with plan JSON.

    Args:
        path: the file.
        name: what to call it in an error.

    Raises:
        InvalidInput: it cannot be read or is no plan.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise InvalidInput.of_file(name, message) from None
    return PlanFile(data, name)


def _older(version: str) -> str:
    """Whose format that is, where it is an old one."""
    return ", as Terraform 1.0 and older write it" if version.startswith("0.") else ""


def _decoded(raw: Raw, default: Any = None) -> Any:
    try:
        return msgspec.json.decode(raw)
    except _UNREADABLE:
        return default


def _is_sensitive(declaration: Any) -> bool:
    return isinstance(declaration, dict) and declaration.get("sensitive") not in (None, False)


def _list_of_raw(raw: Raw) -> list[Raw] | None:
    """A JSON list's members; [] for null, None for anything else."""
    try:
        return msgspec.json.decode(raw, type=list[Raw] | None) or []
    except _UNREADABLE:
        return None
