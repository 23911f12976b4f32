"""What a person is told of a move: the change on standard output, everything else on standard error."""

from __future__ import annotations

from estate.reading.paths import dotted
from operations.adopt.gkectl.document import Document
from operations.adopt.management_service.clusters.move import Move, Options
from operations.adopt.management_service.clusters.no_place import is_the_servers, why_no_place
from operations.adopt.management_service.clusters.runbook import steps
from operations.adopt.management_service.clusters.versions import SHUT_DOWN
from operations.adopt.told import print_change, print_left_out, print_steps, tell


def print_move(move: Move, options: Options) -> None:
    """Print the new cluster, what became of every value, and the runbook."""
    print_change(move.change, written=options.write)
    for note in move.notes:
        tell(f"note: {note}", style="yellow")
    for document in move.documents.all:
        _pass_over_the_servers(document)
    print_left_out(move.documents.all, why_no_place)
    tell(f"the move, in this order; Google turns GKE on AWS off on {SHUT_DOWN}:", style="bold")
    print_steps(list(steps(move, written=options.write)))


def _pass_over_the_servers(document: Document) -> None:
    """Say in one line what the API server wrote, which may be hundreds of values."""
    found = [leaf.path for leaf in document.leaves() if is_the_servers(leaf.path)]
    for path in found:
        document.carry(path)
    places = dict.fromkeys(dotted(path[:2] if path[0] == "metadata" else path[:1]) for path in found)
    if places:
        tell(
            f"of the management service's own in {document.name}, nothing is made of it: {', '.join(places)}"
        )
