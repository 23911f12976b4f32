"""The files of a run with a state: what is refused before anything is written, and where entries go."""

from __future__ import annotations

from pathlib import Path

from tests.operations.adopt.management_service.documents import SAMPLE, Workplace, changed
from tests.operations.adopt.management_service.states import ACCOUNT, network, write_state
from tests.operations.adopt.management_service.takeover import OPTIONS, Takeover


def test_the_state_of_another_account_is_refused(workplace: Workplace) -> None:
    """The same address plan stands in many accounts, and ids of one mean nothing in another."""
    takeover = Takeover(workplace, SAMPLE, *network(), options=("--account-id", "123456789012"))

    assert (takeover.code, takeover.out) == (2, "")
    assert (
        f"s.tfstate: is of account {ACCOUNT} in eu-west-1, but the section is of account 123456789012"
        in takeover.err
    )
    assert not takeover.file.exists()


def test_an_existing_file_is_never_written_over(workplace: Workplace) -> None:
    """It may hold entries that are not applied yet."""
    (workplace.folder / "imports.yaml").write_text("mine", "utf-8")

    takeover = Takeover(workplace, SAMPLE, *network())

    assert (takeover.code, takeover.out) == (2, "")
    assert "imports.yaml: exists already; name another file" in takeover.err
    assert takeover.file.read_text("utf-8") == "mine"


def test_a_state_needs_a_file_for_its_entries(workplace: Workplace) -> None:
    """Entries after the section on standard output would be lost in a redirection, or spoil it."""
    write_state(workplace.folder / "s.tfstate", *network())

    refusal = workplace.refusal(SAMPLE, "--tfstate", "s.tfstate")

    assert "--imports: is needed with --tfstate" in refusal


def test_a_file_for_entries_needs_a_state(workplace: Workplace) -> None:
    """There is nothing else that they could be made from."""
    assert "--imports: needs --tfstate" in workplace.refusal(SAMPLE, "--imports", "imports.yaml")


def test_a_broken_state_and_a_broken_document_are_told_together(workplace: Workplace) -> None:
    """A person corrects both at once, and the key is not asked for: the state may have it."""
    (workplace.folder / "s.tfstate").write_text("{", "utf-8")

    refusal = workplace.refusal(changed(SAMPLE, "spec", "kmsKeyARN"), *OPTIONS, public_key=False)

    assert "s.tfstate:1:2: is not JSON" in refusal
    assert "spec.kmsKeyARN: is missing" in refusal
    assert "--public-key" not in refusal


def test_entries_go_where_they_are_asked_for(workplace: Workplace, tmp_path: Path) -> None:
    """A folder that is not there yet is made, as for every file that is written."""
    write_state(tmp_path / "s.tfstate", *network())

    code, _, err = workplace.adopt(
        SAMPLE, "--tfstate", "s.tfstate", "--imports", "environments/refactoring/dev.yaml"
    )

    assert code == 0, err
    text = (tmp_path / "environments" / "refactoring" / "dev.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../.hybrid/schema/refactoring.json\n")
