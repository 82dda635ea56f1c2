"""Judges shares of questions on a Dask cluster; the work of a worker that dies is done by another."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from classroom.mentor.grading.pool import judge_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.questions import Share
    from sqlgrade import Grader

CONNECT_SECONDS = 20
_DEATHS = 5
"""So often may a worker die under one share before the share is given up."""

_of_thread = threading.local()


class ClusterFault(Exception):  # noqa: N818  (told to the mentor)
    """The cluster cannot be reached, or gave a share up."""


def judge_on_cluster(shares: Iterable[Share], address: str) -> Iterator[list[StoredJudgement]]:
    """The judgements share by share, as they are ready.

    Raises:
        ClusterFault: there is no scheduler at the address, or a share failed on every worker it was given to.
    """
    from dask import config
    from distributed import Client, as_completed

    config.set({"distributed.scheduler.allowed-failures": _DEATHS})
    try:
        client: Any = cast("Any", Client)(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise ClusterFault(str(fault)) from fault
    with client:
        futures = [client.submit(judge_remotely, share, pure=False, retries=1) for share in shares]
        for future in cast("Any", as_completed)(futures, loop=client.loop):
            if future.status != "finished":
                raise ClusterFault(repr(future.exception()))
            yield future.result()
            future.release()


def judge_remotely(share: Share) -> list[StoredJudgement]:
    """What a worker of the cluster runs."""
    return judge_share(share, _grader(share.practice))


def _grader(practice: str | None) -> Grader:
    """This thread's judge with its own sandboxed process."""
    from sqlgrade import Grader

    # a worker under Dask's nanny is a daemon, which may have no children unless the mark is taken off
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001  (see above)
    kept: dict[str | None, Grader] = _of_thread.__dict__.setdefault("graders", {})
    if practice not in kept:
        kept[practice] = Grader(workers=1, practice=Path(practice) if practice else None)
    return kept[practice]
