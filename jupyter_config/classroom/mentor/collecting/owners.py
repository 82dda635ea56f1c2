"""nbgrader's own exchange among the accounts of one machine: a hand-in counts for the account whose files it is.

What the collecting account has put there itself counts too: a mentor hands on what came by mail, and where all share one account
there is no other. nbgrader itself warns of a hand-in that another account has left and takes it all the same, in the place of the
learner's own; and one name that it can't read stops it for everybody.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect

_LEFT_OUT = re.compile(r"left out: (.+?) claims to be of (.+?) and is owned by ([^\n]+)")
_NEVER = dt.datetime.min  # noqa: DTZ901  (nbgrader's own have no zone)


class OwnersCollect(ExchangeCollect):
    """`nbgrader collect`; with `ExchangeCollect.check_owner = False` it takes whatever is there."""

    def init_src(self) -> None:
        """Find each learner's last hand-in, among their own alone."""
        super().init_src()  # type: ignore[no-untyped-call]
        self.src_records = [each for each in self.src_records if self._is_own(each)]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)  # type: ignore[no-untyped-call]
        except (ExchangeError, ValueError, OverflowError):  # a name that nbgrader never gives
            record = {"username": "", "filename": Path(path).name, "timestamp": _NEVER}
        if not self._is_own(record):
            owner = self._owner(record)
            self.log.warning(
                "left out: %s claims to be of %s and is owned by %s", path, record["username"] or "?", owner
            )
        return record

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Keep the records of one learner that are theirs, newest first; all of them where none is."""
        own = [each for each in records if self._is_own(each)]
        found: list[dict[str, Any]] = super()._sort_by_timestamp(own or records)  # type: ignore[no-untyped-call]
        return found

    def _is_own(self, record: dict[str, Any]) -> bool:
        if not record["username"]:
            return False
        return not self.check_owner or self._owner(record) in (record["username"], "")

    def _owner(self, record: dict[str, Any]) -> str:
        """The account whose file it is; "" where there are no accounts, or it is the collecting one."""
        place = Path(self.inbound_path, record["filename"])
        try:
            return "" if place.stat().st_uid == os.getuid() else place.owner()
        except (NotImplementedError, AttributeError):  # Windows
            return ""
        except (KeyError, OSError):
            return "?"


def left_out(log: str) -> tuple[tuple[str, str], ...]:
    """The hand-ins that a log of collecting tells were left out, as (learner, account)."""
    return tuple((learner, owner.strip()) for _, learner, owner in _LEFT_OUT.findall(log))
