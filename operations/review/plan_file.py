"""Reading plan JSON, from anyone and of any size, without failing over what is new in it.

What is not needed, such as ``planned_values`` and ``prior_state``, is skipped and never built, and changes
come one by one; so a plan of 200 MB takes a second or two, and little more memory than its own size.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from environments.problems import InvalidInput, Problem
from operations.review.plan import Action, Change, Condition, Output, Values, action_of

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
_CHANGE_KEYS = frozenset(
    [
        "address",
        "previous_address",
        "module_address",
        "mode",
        "type",
        "name",
        "index",
        "provider_name",
        "deposed",
        "change",
        "action_reason",
    ]
)
_VALUE_KEYS = frozenset(
    [
        "actions",
        "before",
        "after",
        "after_unknown",
        "before_sensitive",
        "after_sensitive",
        "replace_paths",
        "importing",
        "generated_config",
        "before_identity",
        "after_identity",
    ]
)
_HOW = "make one with terraform show -json PLANFILE"


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
            shown = version if isinstance(version, str) and len(version) < 9 else "something else"  # noqa: PLR2004
            raise self._refuse(
                f"format_version must be 1.x, got {shown!r}; {_HOW} of Terraform or OpenTofu 1"
            )
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
        return InvalidInput([Problem(self._name, 0, 0, "", message)])

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
            yield f"the plan has {key[:60]!r}, which this review does not know"
        for key in ("resource_changes", "resource_drift", "deferred_changes", "checks"):
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

    @property
    def deferred(self) -> int:
        """Number of changes that have to wait for another plan."""
        return len(_list_of_raw(self._parts.get("deferred_changes", _NOTHING)) or ())

    def changes(self) -> Iterator[Change]:
        """Every object in the plan, also those to which nothing happens."""
        return self._changes("resource_changes")

    def drift(self) -> Iterator[Change]:
        """What happened to objects behind Terraform's back: from what the state says to what is."""
        return self._changes("resource_drift")

    def _changes(self, key: str) -> Iterator[Change]:
        for position, raw in enumerate(_list_of_raw(self._parts.get(key, _NOTHING)) or ()):
            yield _change(_decoded(raw, default=""), f"{key}[{position}]")

    def outputs(self) -> Iterator[Output]:
        """What happens to each output."""
        for name, raw in (self._mapping(self._parts.get("output_changes", _NOTHING)) or {}).items():
            value = _decoded(raw)
            change = value if isinstance(value, dict) else {}
            yield Output(name, action_of(change.get("actions")), _values(change))

    def failed_conditions(self) -> Iterator[Condition]:
        """Checks, postconditions and such that did not pass."""
        for raw in _list_of_raw(self._parts.get("checks", _NOTHING)) or ():
            check = _decoded(raw)
            if not isinstance(check, dict) or check.get("status") == "pass":
                continue
            status = check.get("status")
            yield Condition(
                _text(_mapping_in(check, "address").get("to_display")) or "a check",
                status if isinstance(status, str) and status in _NOT_PASSED else "unknown",
                tuple(_messages(check.get("instances"))),
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
        configuration = self._mapping(self._parts.get("configuration", _NOTHING)) or {}
        root = self._mapping(configuration.get("root_module", _NOTHING)) or {}
        return self._mapping(root.get(kind, _NOTHING)) or {}

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
        raise InvalidInput([Problem(name, 0, 0, "", message)]) from None
    return PlanFile(data, name)


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


def _change(entry: Any, place: str) -> Change:
    if not isinstance(entry, dict):
        return Change(place, oddities=("cannot be read",))
    change = _mapping_in(entry, "change")
    address = _text(entry.get("address"))
    action = action_of(change.get("actions"))
    unknown_keys = {*(entry.keys() - _CHANGE_KEYS), *(change.keys() - _VALUE_KEYS)}
    oddities = [f"has {key[:60]!r}, which this review does not know" for key in sorted(unknown_keys)]
    if not address:
        oddities.append("has no address")
    if action is Action.UNKNOWN:
        oddities.append("its actions are none that this review knows")
    if entry.get("mode") not in ("managed", "data"):
        oddities.append("is neither a managed resource nor a data source")
    return Change(
        address=address or place,
        previous_address=_text(entry.get("previous_address")),
        mode=_text(entry.get("mode")),
        type=_text(entry.get("type")),
        name=_text(entry.get("name")),
        module=_text(entry.get("module_address")),
        action=action,
        values=_values(change),
        replace_paths=_replace_paths(change.get("replace_paths")),
        reason=_text(entry.get("action_reason")),
        imported=change.get("importing") is not None,
        deposed=_text(entry.get("deposed")),
        oddities=tuple(oddities),
    )


def _values(change: dict[str, Any]) -> Values:
    return Values(
        change.get("before"),
        change.get("after"),
        change.get("after_unknown"),
        change.get("before_sensitive"),
        change.get("after_sensitive"),
    )


def _replace_paths(paths: Any) -> tuple[str, ...]:
    if not isinstance(paths, list):
        return ()
    steps = [[step for step in path if isinstance(step, str)] for path in paths if isinstance(path, list)]
    return tuple(dict.fromkeys(".".join(path) for path in steps))


def _messages(instances: Any) -> Iterator[str]:
    for instance in instances if isinstance(instances, list) else ():
        problems = instance.get("problems") if isinstance(instance, dict) else None
        for problem in problems if isinstance(problems, list) else ():
            if isinstance(problem, dict) and isinstance(problem.get("message"), str):
                yield problem["message"]


def _mapping_in(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
