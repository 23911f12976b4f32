"""The review for machines."""

from __future__ import annotations

import json
from datetime import date

from jsonschema import Draft202012Validator

from operations.allowances.acknowledgements import Acknowledgement
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.report_json import review_json
from operations.review.review import NotReviewed, Review
from operations.review.schemas import FOLDER
from tests.operations.review.golden import PLANS
from tests.operations.review.reviewed import change, plan, reviewed


def test_json_follows_the_published_schema() -> None:
    """For every golden plan."""
    validator = Draft202012Validator(json.loads((FOLDER / "review.json").read_text("utf-8")))
    environments = tuple(
        reviewed(json.loads(path.read_text("utf-8")), name=path.stem) for path in sorted(PLANS.glob("*.json"))
    )
    review = Review(date(2026, 11, 21), environments, (NotReviewed("x", "x", "why"),))

    document = json.loads(review_json(review, judge(review, (), Level.HIGH)))

    assert list(validator.iter_errors(document)) == []
    assert len(document["environments"]) == len(environments)


def test_json_says_what_stops_and_what_may_pass() -> None:
    """With the environment, the address and the finding of each."""
    document = plan(change("aws_kms_key.a", "delete", {}, None), change("aws_kms_key.b", "delete", {}, None))
    review = Review(date(2026, 11, 21), (reviewed(document),))
    word = Acknowledgement(address="aws_kms_key.a", reason="r", who="kari", expires="2026-12-01")

    gate = json.loads(review_json(review, judge(review, [word], Level.HIGH)))["gate"]

    assert (gate["passes"], gate["fail_on"]) == (False, "high")
    assert [(one["address"], one["acknowledged_by"]) for one in gate["findings"]] == [
        ("aws_kms_key.b", None),
        ("aws_kms_key.a", "kari until 2026-12-01: r"),
    ]
