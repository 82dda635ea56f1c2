"""A query is stopped when it has had its time, and a busy machine takes none of it away."""

from __future__ import annotations

import threading
import time

import duckdb
import pytest

from sqlgrade.engine.sealed import open_sealed
from sqlgrade.engine.watchdog import Ending, Watchdog

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b"


class Connection:
    """Counts interrupts, and ends at the last of those that it is to lose."""

    def __init__(self, loses: int = 0) -> None:
        self.asked, self._loses = 0, loses
        self.ended = threading.Event()

    def interrupt(self) -> None:
        self.asked += 1
        if self.asked > self._loses:
            self.ended.set()


def test_a_query_that_is_still_being_planned_is_interrupted_until_it_ends() -> None:
    connection = Connection(loses=2)
    with Watchdog(connection).over(0.01):
        assert connection.ended.wait(20)


def test_a_query_that_the_machine_keeps_waiting_is_given_longer_and_then_not_blamed() -> None:
    connection = Connection()
    with Watchdog(connection, patience=4).over(0.5) as watchdog:
        assert not connection.ended.wait(1.0)  # no processor time is used here
        assert connection.ended.wait(20)
    assert watchdog.ending is Ending.BUSY


def test_a_query_that_has_had_its_processor_time_is_too_slow() -> None:
    with open_sealed() as connection, Watchdog(connection, patience=1_000).over(0.3) as watchdog:
        with pytest.raises(duckdb.InterruptException):
            connection.execute(ENDLESS).fetchall()
        assert watchdog.ending is Ending.TIME


def test_a_query_can_be_stopped_by_hand() -> None:
    with open_sealed() as connection, Watchdog(connection).over(60) as watchdog:
        threading.Timer(0.2, watchdog.stop).start()
        with pytest.raises(duckdb.InterruptException):
            connection.execute(ENDLESS).fetchall()
        assert watchdog.ending is Ending.STOPPED


def test_what_ended_in_time_is_not_interrupted_afterwards() -> None:
    connection = Connection()
    watchdog = Watchdog(connection)
    with watchdog.over(0.1):
        pass
    watchdog.stop()
    assert not connection.ended.wait(0.4)
    assert watchdog.ending is None


def test_whoever_waits_is_told_once_that_it_is_slow() -> None:
    told: list[str] = []
    with Watchdog(Connection()).over(60, 0.05, lambda: told.append("slow")):
        time.sleep(0.4)
    assert told == ["slow"]
