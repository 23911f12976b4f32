"""The account that the ARNs of a document name: AWS takes 12 digits, published documents have 13."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.operations.adopt.management_service.documents import (
    EVERYTHING,
    KEY,
    SAMPLE,
    WRONG_ACCOUNT,
    Workplace,
    changed,
)

ACCOUNT = "012345678901"
OTHER = "123456789012"


def with_account(document: dict[str, Any], account: str) -> dict[str, Any]:
    """The document with another account in all its ARNs."""
    changed_document: dict[str, Any] = yaml.safe_load(
        yaml.safe_dump(document, sort_keys=False).replace(ACCOUNT, account)
    )
    return changed_document


def test_an_account_id_of_13_digits_is_refused_in_each_arn(workplace: Workplace) -> None:
    """The published walkthrough has one; file, line, column, field, value and the option are said."""
    refusal = workplace.refusal(with_account(SAMPLE, WRONG_ACCOUNT))

    lines = refusal.splitlines()
    assert [line.split(": ")[:2] for line in lines[:-1]] == [
        ["anthos-gke.yaml:11:9", "spec.authentication.awsIAM.adminIdentityARNs[0]"],
        ["anthos-gke.yaml:12:14", "spec.kmsKeyARN"],
        ["anthos-gke.yaml:14:16", "spec.databaseEncryption.kmsKeyARN"],
    ]
    assert all(
        f"12 digits, got {WRONG_ACCOUNT} with 13" in line and "--account-id" in line for line in lines[:-1]
    )


def test_the_option_replaces_the_account_in_every_arn(workplace: Workplace) -> None:
    """Not one ARN keeps the wrong account, and a note says that it was replaced."""
    code, out, err = workplace.adopt(with_account(EVERYTHING, WRONG_ACCOUNT), "--account-id", OTHER)

    assert code == 0, err
    assert WRONG_ACCOUNT not in out.replace(f"# the document says {WRONG_ACCOUNT}", "")
    assert out.count(f":{OTHER}:") == 6
    assert f"note: account {WRONG_ACCOUNT} of the document is replaced by {OTHER} in 7 ARNs" in err


def test_a_valid_account_is_replaced_with_a_note_as_well(workplace: Workplace) -> None:
    """The option always wins, and never silently."""
    code, out, err = workplace.adopt(SAMPLE, "--account-id", OTHER)

    assert (code, yaml.safe_load(out)["aws"]["account_id"]) == (0, OTHER)
    assert f"note: account {ACCOUNT} of the document is replaced by {OTHER} in 3 ARNs" in err


def test_the_documents_own_account_is_taken_without_a_note(workplace: Workplace) -> None:
    """Nothing is replaced, and the leading zero survives."""
    code, out, err = workplace.adopt(SAMPLE, "--account-id", ACCOUNT)

    assert (code, yaml.safe_load(out)["aws"]["account_id"]) == (0, ACCOUNT)
    assert "is replaced" not in err


@pytest.mark.parametrize("given", ["1234", "1234567890123", "12345678901x", "", "\u0661" * 12])
def test_a_malformed_option_is_refused(workplace: Workplace, given: str) -> None:
    """Another wrong id is no remedy for the document's."""
    assert f'--account-id: must be 12 digits, got "{given}"' in workplace.refusal(
        SAMPLE, "--account-id", given
    )


def test_arns_of_two_accounts_are_refused(workplace: Workplace) -> None:
    """One environment has one account, and both are named."""
    document = changed(SAMPLE, "spec", "kmsKeyARN", to=f"{KEY}/one".replace(ACCOUNT, OTHER))

    refusal = workplace.refusal(document)

    assert (
        "spec.kmsKeyARN: must be of the same account as spec.authentication.awsIAM.adminIdentityARNs[0], "
        f"{ACCOUNT}, got {OTHER}"
    ) in refusal


def test_the_option_does_not_make_one_account_of_two(workplace: Workplace) -> None:
    """It would point ARNs of another account at keys that are not there."""
    document = with_account(SAMPLE, WRONG_ACCOUNT)
    document = changed(document, "spec", "kmsKeyARN", to=f"{KEY}/one")

    refusal = workplace.refusal(document, "--account-id", OTHER)

    assert "spec.kmsKeyARN: must be of the same account" in refusal


def test_the_option_may_name_the_account_that_other_arns_have(workplace: Workplace) -> None:
    """One mistyped ARN among right ones is put right."""
    document = changed(SAMPLE, "spec", "kmsKeyARN", to=f"{KEY}/one".replace(ACCOUNT, WRONG_ACCOUNT))

    section = workplace.section(document, "--account-id", ACCOUNT)

    assert section["kms_keys"]["secrets"] == {"existing": {"key_arn": f"{KEY}/one"}}


def test_a_policy_of_awss_own_has_no_account(workplace: Workplace) -> None:
    """Where others have an account, its ARN says aws, and keeps it."""
    boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
    document = changed(SAMPLE, "spec", "iam", to={"permissionsBoundary": boundary})

    section = workplace.section(document, "--account-id", OTHER)

    assert section["management_service"]["iam"] == {"permissions_boundary": boundary}


def test_a_key_of_another_region_is_refused(workplace: Workplace) -> None:
    """A key serves its own region only."""
    document = changed(
        SAMPLE, "spec", "databaseEncryption", "kmsKeyARN", to=f"{KEY}/db".replace("west", "north")
    )

    assert (
        "spec.databaseEncryption.kmsKeyARN: must be of region eu-west-1, as spec.region says, got one of eu-north-1"
    ) in workplace.refusal(document)
