"""What a placement test or a review comes to: pure functions of the answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coursebook.practice.gates import PlacementRecord, ReviewRecord


@dataclass(frozen=True)
class Placed:
    """Where the placement test stands, or where it leads."""

    finished: bool
    """Whether it asks no more."""
    skipped: tuple[str, ...] = ()
    """Lessons that may be skipped."""
    drilled: tuple[str, ...] = ()
    """Guarded lessons that may be skipped once their drills are passed."""
    start: str | None = None
    """The first lesson that is not skipped; None if all are."""


def place(
    placement: PlacementRecord, right: Sequence[bool], lessons: Sequence[str], drills_passed: Collection[str] = ()
) -> Placed:
    """The outcome of the answers so far, gate by gate; the test ends as soon as a gate can't be passed any more.

    Args:
        placement: the test.
        right: one value for each item that was answered, in order.
        lessons: the lessons of the course, in order.
        drills_passed: guarded lessons whose drills are passed.
    """
    skipped: list[str] = []
    held: set[str] = set()
    begun, finished = 0, False
    for gate in placement.gates:
        answered = right[begun : begun + len(gate.items)]
        if len(answered) - sum(answered) > len(gate.items) - gate.pass_mark:
            finished = True
            break
        if len(answered) < len(gate.items):
            break
        begun += len(gate.items)
        skipped += gate.skips
        held |= {item.guards for item, each in zip(gate.items, answered, strict=True) if item.guards and not each}
    finished = finished or begun == sum(len(gate.items) for gate in placement.gates)
    guarded = [guard.lesson for guard in placement.guards if guard.lesson in skipped]
    drilled = tuple(each for each in guarded if each not in held and each not in drills_passed)
    passed = tuple(each for each in skipped if each not in held and each not in drilled)
    start = next((each for each in lessons if each not in passed), None)
    return Placed(finished, passed, drilled, start)


def is_passed(review: ReviewRecord, right: Sequence[bool]) -> bool:
    """Whether enough of a review's items were right."""
    return sum(right) >= review.pass_mark
