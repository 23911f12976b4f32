"""Every kind of entity has one card, and every card is of what there is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.organization import Organization
from operations.cards.card import Card
from operations.cards.kinds import google
from operations.cards.registry import CARDS
from tests.example import ENVIRONMENTS
from tests.operations.cards.model_walk import fits, places, without_a_card

PLACES = {**places(Environment), **places(Organization, "organization")}
STATEFUL = {
    line.partition(".")[0]
    for record in (ENVIRONMENTS / "stateful").glob("*.txt")
    for line in record.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
}


def test_every_entity_has_one_card() -> None:
    """The model says what is an entity, so a new one is missed here first."""
    assert list(without_a_card(PLACES, CARDS)) == []


@pytest.mark.parametrize(
    "card", [card for card in CARDS if card.path != "organization"], ids=lambda card: card.path
)
def test_an_entity_without_its_card_is_found(card: Card[Any]) -> None:
    """With what to do, whichever card is missing."""
    said = list(without_a_card(PLACES, [one for one in CARDS if one is not card]))

    assert said
    assert all(one.startswith(card.path.removesuffix("*")) for one in said)
    assert all(
        "has no card, so no table knows it; write one in operations/cards/kinds/" in one for one in said
    )


def test_an_entity_with_two_cards_is_found() -> None:
    """Each would be told twice."""
    assert list(without_a_card(PLACES, [*CARDS, google.CARD])) == [
        "google has 2 cards, google, google; leave it one"
    ]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.path)
def test_a_card_is_of_what_the_model_has(card: Card[Any]) -> None:
    """Its path, the classes there, and its parts."""
    there = {path: place for path, place in PLACES.items() if fits(card.path, path)}
    models = {model for place in there.values() for model in place.models} or {Organization}

    assert models == set(card.models)
    assert set(card.parts) <= {field for model in models for field in model.model_fields}


def test_every_stateful_type_has_a_loss() -> None:
    """Or a card says that its name says all."""
    assert STATEFUL - {type_ for card in CARDS for type_ in card.stateful} == set()


def test_cards_agree() -> None:
    """What one word or one loss is asked for has one, whoever says it."""
    said: dict[str, set[str]] = defaultdict(set)
    for card in CARDS:
        for key, word in (*card.collections.items(), *card.constructs.items(), *card.stateful.items()):
            said[key].add(word)

    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_promotion_and_review_ask_for_a_kind_by_one_word() -> None:
    """Two kinds of one noun would be one in promotion's table, and two of one type one in a review."""
    nouns = [card.noun for card in CARDS if card.promoted]
    types = [card.version.type for card in CARDS if card.version]

    assert (len(set(nouns)), len(set(types))) == (len(nouns), len(types))
    assert [
        card.path for card in CARDS if card.promoted and card.promoted.attribute and not card.version
    ] == []
