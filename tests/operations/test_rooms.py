"""Who may import whom inside operations: verbs stand on a ground floor, and beside each other."""

from __future__ import annotations

from collections import defaultdict

from tests.source import ROOT, circles, import_graph

GROUND_FLOOR = frozenset(
    {
        "allowances",
        "artifacts",
        "cards",
        "console",
        "cache",
        "children",
        "exit_codes",
        "files",
        "former",
        "git",
        "heads",
        "help",
        "imports",
        "inbound",
        "interruption",
        "leave",
        "leftovers",
        "located",
        "node_failure",
        "options",
        "owners",
        "placeholders",
        "plans",
        "project",
        "refactoring",
        "relay",
        "report_file",
        "schema_line",
        "strangers",
        "tables",
        "states",
        "terraform",
        "texts",
        "toolchain",
    }
)
"""What verbs share, of `operations`; every other folder in it is a verb."""
COMPOSERS = frozenset({"adopt", "cdktf_cli", "cli", "entry", "gate", "reference"})
"""What is made of verbs: both commands and their start, the gate that asks several verbs, the pages that list all, and
moving in, which asks policy what it will say."""


def _room(module: str) -> str:
    return ".".join(module.split(".")[1:2])


def test_no_verb_imports_a_verb() -> None:
    """What two verbs need stands on the ground floor, which imports no verb either."""
    found = [
        f"{importer} {name}"
        for importer, names in import_graph("operations").items()
        for name in sorted(names)
        if _room(name) not in {*GROUND_FLOOR, _room(importer), ""} and _room(importer) not in COMPOSERS
    ]

    assert found == []


def test_ground_floor_is_there() -> None:
    """A room that is gone from the folder goes from the list."""
    rooms = {path.stem for path in (ROOT / "operations").iterdir()}

    assert sorted((GROUND_FLOOR | COMPOSERS) - rooms) == []


def test_rooms_of_operations_import_in_no_circle() -> None:
    """What holds for files holds for the ground floor's rooms, so that there is an order to read them in."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for importer, names in import_graph("operations").items():
        rooms[_room(importer)] |= {_room(name) for name in names} - {_room(importer)}

    assert circles(rooms) == []
