"""What a need is: who has to be allowed what, for which task, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from operations.policy.permitted.answer import Answer
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Place


@dataclass(frozen=True)
class Need:
    """One need, as its vendor documents it.

    Attributes:
        task: what it is for, to be read after "which takes it to".
        asks: actions of AWS, or roles of Google.
        source: the page that says so.
        read: the day on which it was read.
        says: what the page says, in one sentence.
        context: what the call brings to conditions of AWS's policies, by condition key, with ``{region}``,
            ``{account}`` and what else the need's finder fills in.
        about: ARNs of what actions of AWS are about, likewise; ``*`` where an action stands not in it.
    """

    task: str
    asks: tuple[str, ...]
    source: str
    read: str
    says: str
    context: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

    def broken(self, place: Place, who: str, what: str, answers: Mapping[str, Answer]) -> list[Broken]:
        """What is to be said where the need arises.

        Args:
            place: the resource that gives rise to it.
            who: who needs it.
            what: what it is needed of, with its preposition, and the remedy after a semicolon.
            answers: what each of the asks comes to.
        """
        of, _, remedy = what.partition("; ")
        source = f"({self.source} of {self.read})"
        denied = [ask for ask, answer in answers.items() if answer.holds is False]
        unclear = [ask for ask, answer in answers.items() if answer.holds is None]
        found: list[Broken] = []
        if denied:
            lacks = f"{who} lacks {', '.join(denied)} {of}, which it takes to {self.task}"
            found.append((place, f"{lacks}; {remedy} {source}"))
        if unclear:
            why = "; ".join(dict.fromkeys(reason for ask in unclear for reason in answers[ask].why))
            asked = f"cannot be evaluated whether {who} has {', '.join(unclear)} {of}, which it takes to {self.task}"
            found.append((place, f"{asked}: {why}; write it so that a stack tells {source}"))
        return found
