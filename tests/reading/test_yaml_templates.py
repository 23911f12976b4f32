"""Text is literal: what Terraform would evaluate is refused wherever it stands.

A description was `${filebase64("/proc/self/environ")}`, and the runner's variables stood in the plan.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.rules import Path as ValuePath
from estate.reading import declared
from estate.reading.estate_loader import load_estate
from estate.reading.paths import dotted, leaves
from estate.reading.problems import InvalidInput
from estate.reading.yaml_source import Source, parse
from estate.reading.yaml_templates import evaluated
from tests.example import NAMES
from tests.operations.estate_folder import copied_environments
from tests.reading.parsers import BOTH_PARSERS, found

SAID = (
    'has "${", which Terraform would evaluate; text is literal here and nothing escapes it, '
    "so write the value itself"
)
FILES = (*NAMES, "organization")
MODELS = (Environment, Organization, Refactoring)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('${filebase64("/proc/self/environ")}', 'has "${", which Terraform would'),
        ("paid by ${team}", 'has "${", which Terraform would'),
        ("%{ for x in y }", 'has "%{", which Terraform would'),
        ("$${x}", 'has "$${", which Terraform would'),
        ("%%{x}", 'has "%%{", which Terraform would'),
        ("$$$${x}", 'has "$${", which Terraform would'),
        ("a\n${x}", 'has "${", which Terraform would'),
        ("%${", 'has "${", which Terraform would'),
        ("${TfToken[TOKEN.0]}", 'has "${", which Terraform would'),
        ("#{TfToken[TOKEN.0]}", 'has "#{TfToken[", which CDK for Terraform would'),
        ("&{TfToken[TOKEN.0]}", 'has "&{TfToken[", which CDK for Terraform would'),
    ],
)
def test_says_what_would_be_evaluated(text: str, named: str) -> None:
    """By whom, too; what Terraform takes for an escape is not passed on as written either."""
    said = evaluated(text)

    assert said is not None
    assert said.startswith(named)


@pytest.mark.parametrize(
    "text",
    ["", "$", "{}", "5 $ {a month}", "100%", "50% {half}", "$(date)", "$HOME", "#{x}", "\\{", "TfToken["],
)
def test_leaves_other_text_alone(text: str) -> None:
    """A dollar and a brace have a meaning together only."""
    assert evaluated(text) is None


WRITTEN = {
    "plain": ("a: x ${y}\n", "f.yaml:1:4: a: "),
    "double quotes": ('a: "${y}"\n', "f.yaml:1:4: a: "),
    "single quotes": ("a: '${y}'\n", "f.yaml:1:4: a: "),
    "escaped character": ('a: "\\x24{y}"\n', "f.yaml:1:4: a: "),
    "continued line": ('a: "$\\\n  {y}"\n', "f.yaml:1:4: a: "),
    "block": ("a: |\n  x\n  ${y}\n", "f.yaml:1:4: a: "),
    "folded": ("a: >-\n  x\n  ${y}\n", "f.yaml:1:4: a: "),
    "in a list": ("a:\n  - b\n  - ${y}\n", "f.yaml:3:5: a[1]: "),
    "in a list in braces": ('a: {b: [{c: "${y}"}]}\n', "f.yaml:1:13: a.b[0].c: "),
    "date": ("a: 2026-11-30 10:00:00 ${y}\n", "f.yaml:1:4: a: "),
    "key": ("a:\n  ${y}: 1\n", 'f.yaml:2:3: a["${y}"]: '),
    "top-level key": ("b: 1\n${y}: 1\n", 'f.yaml:2:1: ["${y}"]: '),
}


@BOTH_PARSERS
@pytest.mark.parametrize(("text", "where"), WRITTEN.values(), ids=WRITTEN)
def test_refuses_it_however_it_is_written(text: str, where: str, parser: Any) -> None:
    """What counts is the text that YAML makes of it."""
    assert found(text, parser) == [where + SAID]


@BOTH_PARSERS
def test_refuses_it_in_what_is_refused_anyway(parser: Any) -> None:
    """A second value of a key, something tagged, a list as a key."""
    problems = found('a: 1\na: "${y}"\nb: !x "${y}"\n? ["${y}"]\n: 1\n', parser)

    assert [problem for problem in problems if SAID in problem] == [
        f"f.yaml:2:4: {SAID}",
        f"f.yaml:3:4: b: {SAID}",
        f"f.yaml:4:4: [0]: {SAID}",
    ]


def test_comments_are_not_text() -> None:
    """Nobody evaluates them."""
    source, problems = parse("f.yaml", "# ${x}\na: 1 # %{y}\n")

    assert (source and source.data, problems) == ({"a": 1}, [])


def _documents(model: Any) -> Iterator[tuple[dict[str, Any], ValuePath]]:
    """Documents that each hold one expression, at each place that the model knows."""
    for leaf in declared.leaves(model):
        path = tuple("any" if part == declared.STAR else part for part in leaf.path)
        value: Any = "${x}"
        if leaf.on_key:
            path, value = (*path[:-1], "${x}"), {}
        document = value
        for part in reversed(path):
            document = {part: document}
        yield document, path


@pytest.mark.parametrize("model", MODELS)
def test_refuses_it_at_every_place_that_a_model_knows(model: Any) -> None:
    """Values and the keys that people choose; also of sections that no environment here has."""
    documents = list(_documents(model))

    assert documents
    for document, path in documents:
        _, problems = parse("f.yaml", json.dumps(document))
        assert [(one.path, one.message) for one in problems] == [(dotted(path), SAID)]


def _with(data: Any, paths: Sequence[ValuePath]) -> str:
    changed = copy.deepcopy(data)
    for path in paths:
        holder = changed
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = f"{holder[path[-1]]} ${{x}}"
    return json.dumps(changed)


def _source(path: Path) -> Source:
    source, problems = parse(path.name, path.read_text("utf-8"))
    assert source is not None
    assert problems == []
    return source


@pytest.mark.parametrize("name", FILES)
def test_refuses_it_in_every_text_of_the_environments(tmp_path: Path, name: str) -> None:
    """Each place once, and nothing else is said of it; a hundred at a time, as the rest would be left out."""
    folder = copied_environments(tmp_path)
    path = folder / f"{name}.yaml"
    data = _source(path).data
    texts = [at for at, value in leaves(data) if isinstance(value, str)]

    assert texts
    for some in (texts[start : start + 100] for start in range(0, len(texts), 100)):
        path.write_text(_with(data, some), "utf-8")
        with pytest.raises(InvalidInput) as refused:
            load_estate(folder)
        said = {problem.path for problem in refused.value.problems if problem.message == SAID}
        assert said == {dotted(at) for at in some}


def test_refuses_it_in_refactoring_entries(tmp_path: Path) -> None:
    """An id or a reason reaches Terraform as it is."""
    folder = copied_environments(tmp_path)
    (folder / "refactoring").mkdir()
    (folder / "refactoring" / "dev.yaml").write_text(
        "import:\n  - {to: aws_vpc.A, id: 'vpc-${x}'}\n"
        "moved:\n  - {from: aws_vpc.B, to: 'aws_vpc.${x}'}\n"
        "removed:\n  - {from: aws_vpc.C, destroy: false, reason: '${x}'}\n"
    )

    with pytest.raises(InvalidInput) as refused:
        load_estate(folder)

    assert [(problem.line, problem.column, problem.path) for problem in refused.value.problems] == [
        (2, 25, "import[0].id"),
        (4, 27, "moved[0].to"),
        (6, 47, "removed[0].reason"),
    ]
    assert {problem.message for problem in refused.value.problems} == {SAID}
