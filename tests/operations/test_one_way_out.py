"""Whatever is printed goes one way out, which lets nothing steer who reads it; Markdown is escaped in one place."""

from __future__ import annotations

import ast

from tests.source import nodes

OTHERWISE = {
    "operations/console.py": "the way out itself",
    "operations/cdktf_cli.py": "a sequence that erases cdktf's spinner, and what console printed into a report",
    "operations/entry.py": "a line of our own words, before anything can be loaded",
    "operations/relay.py": "lines of a child, as console makes them harmless",
}
_STREAMS = frozenset({"stdout", "stderr", "_target"})


def _prints(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id == "print"
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in {
        "write",
        "writelines",
        "print",
        "echo",
    }:
        return False
    return node.func.attr == "echo" or any(
        isinstance(one, ast.Attribute) and one.attr in _STREAMS for one in ast.walk(node.func.value)
    )


def test_everything_is_printed_by_the_console() -> None:
    """Whoever needs another way says why in the list above, from which goes what does not need it any more."""
    found = {place.partition(":")[0] for place, node in nodes("operations") if _prints(node)}

    assert found == set(OTHERWISE)


def test_tables_of_markdown_are_made_in_one_place() -> None:
    """A cell that is put between bars by hand is escaped by nobody."""
    found = {
        place.partition(":")[0]
        for place, node in nodes("operations")
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip(" ") == "|"
        and node.value != "|"
    }

    assert found == {"operations/texts/markdown.py"}
