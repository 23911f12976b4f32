"""How Terraform makes a lost cluster anew: by a plan from the same files, once what was left of it is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from estate.derived.stack_plan import attach_stack
from estate.model.estate import Estate
from operations.artifacts.stateful import read_record, record_path
from operations.cards.card import Card, Entity, Lost, Task
from operations.cards.steps.lost_attached import ATTACHED

_ATTACHED: Final = "AttachedClusters"


def made_anew(
    estate: Estate, card: Card[Any], entity: Entity[Any], lost: Lost, folder: Path
) -> Iterator[Task]:
    """What is done with the environment's own stack; its companion comes with the steps of attaching."""
    environment = entity.environment.environment
    name = attach_stack(environment) if lost.type == ATTACHED else environment
    own = _of_the_cluster(card, entity)
    for stack in dict.fromkeys((name, attach_stack(environment))):
        imported = [entry.to for entry in estate.refactoring(stack).import_ if own.search(entry.to)]
        if imported:
            yield Task(
                f"take the import entries of {', '.join(imported)} out of environments/refactoring/{stack}.yaml: they "
                "would take in what is gone",
                (f"hybrid settle {stack} --write",),
            )
    recorded = [
        one
        for one in sorted(read_record(record_path(folder, name)))
        if one.startswith(f"{lost.type}.") and own.search(one)
    ]
    what = ", ".join(recorded) or f"{card.noun} {entity.key}, which is not recorded yet"
    yield Task(
        f"plan {name} from the same files, and apply nothing else of it until this is done. The plan has to make anew {what}, "
        "and what stands in it; it may destroy or replace only what goes by the identity of the cluster that is gone, such "
        "as its membership's bindings or its issuer of tokens. Stop where it destroys anything else",
        (f"hybrid synth {name}", f"cdktf diff {name}"),
    )
    yield Task(
        f"apply {name}, or let the pipeline apply it",
        (f"cdktf deploy {name}",),
        (f"cdktf diff {name}  # no changes",),
    )


def _of_the_cluster(card: Card[Any], entity: Entity[Any]) -> re.Pattern[str]:
    """Tell addresses of the cluster: its collection, its key, then what follows."""
    collections = "|".join(re.escape(one) for one in (*card.collections, _ATTACHED))
    return re.compile(rf"\.({collections})_{re.escape(entity.key)}_")
