"""Whether a plan is of the stack that it is given out for, as far as it can be told.

A plan does not say of which stack it is. Its configuration says for which project, account, vCenter and
environment its providers work, and which objects it has. What differs plainly is refused: the review of
another environment's plan says that this one may merge. What a plan does not say is not judged, and neither
is a plan under a name that is no environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from operations.artifacts.stack_json import StackJson, addresses
from operations.review.plan_file import PlanFile

_IDENTITY = (("google", "project"), ("aws", "allowed_account_ids"), ("vsphere", "vsphere_server"))
"""What a provider works for; unlike a region, it is another one in each environment, or the same for ever."""

_LABELS = (("google", "default_labels"), ("aws", "default_tags"))
_ENVIRONMENT = "environment"


def not_of(stack: str, environment: str, plan: PlanFile, synthesized: StackJson | None) -> Iterator[str]:
    """Say why a plan cannot be one of a stack; nothing when it can.

    Args:
        stack: what the plan is given out for.
        environment: whose stack that is.
        plan: the plan.
        synthesized: the stack; None where it is not synthesized here.
    """
    providers = plan.providers()
    for provider, attribute in _LABELS:
        label = _label(_constant(providers, provider, attribute))
        if isinstance(label, str) and label != environment:
            yield f"is no plan of {stack}: everything in it is labelled {_ENVIRONMENT} {label!r}; name it after that environment, or plan {stack}"
            return
    if synthesized is None:
        return
    for provider, attribute in _IDENTITY:
        planned = _constant(providers, provider, attribute)
        wanted = _first(synthesized.get("provider", {}).get(provider)).get(attribute)
        if planned is not None and wanted is not None and planned != wanted:
            yield f"is no plan of {stack}: its {provider} provider has {attribute} {_said(planned)}, that of the synthesized stack {_said(wanted)}; plan {stack}, or synthesize it anew"
            return
    planned_objects = plan.configured().keys()
    if planned_objects and not planned_objects & set(addresses(synthesized)):
        yield f"is no plan of {stack}: none of its objects is one of the synthesized stack; plan {stack}, or synthesize it anew"


def _constant(providers: Mapping[str, Any], provider: str, attribute: str) -> Any:
    """What the configuration says in so many words; None when it does not, or says a reference.

    Blocks come as expressions of their attributes, inside a list.
    """
    expression = providers.get(provider, {}).get(attribute)
    if isinstance(expression, list):
        block = _first(expression)
        return {name: one.get("constant_value") for name, one in block.items() if isinstance(one, dict)}
    return expression.get("constant_value") if isinstance(expression, dict) else None


def _label(labels: Any) -> Any:
    """The environment among labels, or among those of a block of tags."""
    if not isinstance(labels, dict):
        return None
    return (labels["tags"] if isinstance(labels.get("tags"), dict) else labels).get(_ENVIRONMENT)


def _first(blocks: Any) -> dict[str, Any]:
    first = blocks[0] if isinstance(blocks, list) and blocks else blocks
    return first if isinstance(first, dict) else {}


def _said(value: Any) -> str:
    return ", ".join(map(repr, value)) if isinstance(value, list) else repr(value)
