"""A head's files are read by the base's model, and its stacks have to be theirs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.cli import main
from operations.heads.estate import load_head, refuse_other_stacks
from tests.operations.heads.checkouts import ENVIRONMENT, STACK, Checkouts, synthesize, write


def test_files_that_the_model_of_the_base_does_not_know_are_refused(both: Checkouts) -> None:
    """With every mistake, and the order in which they can be merged."""
    both.push(
        "environments/dev.yaml", (both.head / "environments" / "dev.yaml").read_text() + "to_come: {}\n"
    )

    with pytest.raises(InvalidInput) as refused:
        load_head(both.opened())

    said = [str(problem) for problem in refused.value.problems]
    assert said[0].startswith(
        "head/environments: does not load with the model of the base, which judges it; merge a change"
    )
    assert said[1].startswith("head/environments/dev.yaml:4:1: to_come: unknown key")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("dev.yaml", "\tenvironment: dev\n", id="beginning"),
        pytest.param("dev.yaml", "environment: test\nstate: {}\nto_come: {}\n", id="several in one"),
        pytest.param(
            "dev.yaml",
            ENVIRONMENT.format(name="dev", number=0).replace("kl-dev-host", "kl-test-host"),
            id="two",
        ),
        pytest.param("dev.yml", "environment: dev\n", id="ending"),
        pytest.param("lab.yaml", ENVIRONMENT.format(name="lab", number=1), id="new and colliding"),
        pytest.param(
            "organization.yaml", "{name: kl, domain: example.com, promotion: [dev, tset]}\n", id="order"
        ),
        pytest.param(
            "organization.yaml", "name: kl\u202e\ndomain: ${x}\npromotion: [dev, test]\n", id="hidden"
        ),
        pytest.param("refactoring/dev.yaml", "import: [{to: a, id: '%{x}'}]\n", id="refactoring"),
        pytest.param("refactoring/lab.yaml", "moved: [{from: a.b, to: a.c}]\n", id="of nobody"),
    ],
)
def test_the_base_finds_what_the_verb_finds(
    both: Checkouts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str, text: str
) -> None:
    """Every line of hybrid check, which the head runs by its own code, so that nobody knows whether it did."""
    both.push(f"environments/{file}", text)
    with pytest.raises(InvalidInput) as refused:
        load_head(both.opened())
    monkeypatch.chdir(both.head)

    assert main(["check", "--format=json"]) == 2

    said = json.loads(capsys.readouterr().out)["problems"]
    ours = [one for one in refused.value.problems if "does not load with the model" not in one.message]
    assert json.loads(json.dumps([asdict(one) for one in ours]).replace("head/", "")) == said != []


def test_stacks_of_the_files_are_taken(both: Checkouts) -> None:
    """Both, and nothing else."""
    head = both.opened()

    refuse_other_stacks(head, load_head(head))


def test_stacks_of_other_files_are_refused(both: Checkouts) -> None:
    """One that is missing is not asked about, one too many would be planned unasked; all at once."""
    synthesize(both.head, dev="[]", lab=STACK)
    head = both.opened()

    with pytest.raises(InvalidInput) as refused:
        refuse_other_stacks(head, load_head(head))

    assert [problem.message for problem in refused.value.problems] == [
        "dev can be read in several ways or in none; synthesize the head anew",
        "holds a stack lab, which the files do not ask for; synthesize the head anew",
        "holds no stack test, which the files ask for; synthesize the head anew",
    ]


@pytest.mark.parametrize("text", [None, "{", "{}", "[" * 100_000], ids=["none", "half", "empty", "deep"])
def test_an_order_of_no_use_is_refused(both: Checkouts, text: str | None) -> None:
    """Nobody knows which stacks there are."""
    order = both.head / "cdktf.out" / "stacks.json"
    order.unlink()
    if text is not None:
        write(order, text)
    head = both.opened()

    with pytest.raises(InvalidInput, match=r"head/cdktf\.out: holds no stacks\.json that synthesis writes"):
        refuse_other_stacks(head, load_head(head))
    assert Path("head").is_dir()
