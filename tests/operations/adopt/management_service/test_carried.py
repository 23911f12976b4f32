"""Nothing of a document is dropped without a word."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from estate.reading.paths import dotted
from tests.operations.adopt.leaves import leaves
from tests.operations.adopt.management_service.documents import (
    EVERYTHING,
    EXISTING_VPC,
    VPC_IDS,
    Workplace,
    changed,
)


def mappings(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Path of every mapping in a document."""
    found = [path] if isinstance(value, dict) else []
    for key, below in value.items() if isinstance(value, dict) else ():
        found += mappings(below, (*path, key))
    return found


def listed(err: str) -> dict[str, str]:
    """The list of what is not carried over: value and reason by path."""
    _, _, text = err.partition("not carried over:\n")
    lines = [line.strip() for line in text.splitlines() if line.startswith("  ")]
    return {line.split(": ", 1)[0]: line.split(": ", 1)[1] for line in lines}


@pytest.mark.parametrize("document", [EVERYTHING, EXISTING_VPC], ids=["dedicated VPC", "existing VPC"])
def test_every_value_is_in_the_section_or_in_the_list(workplace: Workplace, document: dict[str, Any]) -> None:
    """Each value of a document that uses the whole schema is found in exactly one of the two."""
    ids = workplace.write(VPC_IDS, "vpc.yaml")
    _, out, err = workplace.adopt(document, *(["--existing-vpc", ids] if document is EXISTING_VPC else []))

    missing = listed(err)

    for path, value in leaves(document):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        assert (written in out) != (dotted(path) in missing), dotted(path)
        assert dotted(path) not in missing or written in missing[dotted(path)]
    assert "is not a known field" not in err


@pytest.mark.parametrize("path", mappings(EVERYTHING), ids=lambda path: ".".join(path) or "top")
def test_an_unknown_field_is_listed_wherever_it_stands(workplace: Workplace, path: tuple[str, ...]) -> None:
    """Google added fields from version to version; one that is not known stops nothing and is said."""
    document = changed(EVERYTHING, *path, "future", to={"mode": ["fast", 7]})

    if path == ("spec", "tags"):
        assert "spec.tags.future: must be text" in workplace.refusal(document)
        return
    code, _, err = workplace.adopt(document)

    missing = listed(err)
    where = dotted((*path, "future", "mode"))
    assert code == 0
    assert missing[f"{where}[0]"].startswith('"fast": ')
    assert missing[f"{where}[1]"].startswith("7: ")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("spec", "proxyPassword"), "hunter2"),
        (("spec", "future", "clientSecret"), "hunter2"),
        (("spec", "future", "apiKey"), "hunter2"),
        (("spec", "future", "privateKeyPem"), "hunter2"),
        (("spec", "credentials"), "hunter2"),
        (("spec", "proxy"), "http://someone:hunter2@proxy.example.com"),
    ],
    ids=lambda path: path[-1] if isinstance(path, tuple) else "",
)
def test_what_may_be_secret_is_not_shown(workplace: Workplace, path: tuple[str, ...], value: str) -> None:
    """The list ends up in logs and tickets."""
    _, out, err = workplace.adopt(changed(EVERYTHING, *path, to=value))

    assert listed(err)[dotted(path)].startswith("(not shown): ")
    assert "hunter2" not in out + err


def test_long_values_are_shortened(workplace: Workplace) -> None:
    """The list is for reading."""
    _, _, err = workplace.adopt(changed(EVERYTHING, "spec", "proxy", to="p" * 500))

    assert "p" * 100 not in err


def test_there_is_no_list_when_everything_is_carried_over(workplace: Workplace) -> None:
    """A heading without a list would read as a mistake."""
    _, _, err = workplace.adopt(changed(EXISTING_VPC, "spec", to=_with_nothing_to_list()))

    assert "not carried over" not in err


def _with_nothing_to_list() -> dict[str, Any]:
    spec: dict[str, Any] = copy.deepcopy(EVERYTHING["spec"])
    for field in ("rootVolume", "dataVolume", "tags", "bastionHost", "proxy", "terraform"):
        del spec[field]
    del spec["googleCloud"]["serviceAccountKeys"]
    return spec


@pytest.mark.parametrize("empty", [{}, []], ids=["mapping", "list"])
def test_what_is_empty_is_listed_as_such(workplace: Workplace, empty: Any) -> None:
    """Something stood there."""
    document = copy.deepcopy(EVERYTHING)
    document["spec"]["future"] = empty

    _, _, err = workplace.adopt(document)

    assert listed(err)["spec.future"].endswith(": is empty")


def test_control_characters_reach_no_terminal(workplace: Workplace) -> None:
    """A document comes from elsewhere; its text must not steer the terminal or forge a line."""
    document = changed(EVERYTHING, "spec", "proxy", to="a\x1b[2Jb\nnote: all is well")
    document["metadata"]["name"] = "m\nregion: us-east-1"

    _, out, err = workplace.adopt(document)

    assert "\x1b" not in out + err
    assert "\nnote: all is well" not in err
    assert "\nregion: us-east-1" not in out
