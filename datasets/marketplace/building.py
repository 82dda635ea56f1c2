"""Build a data set: make the world, then block after block on all cores, into a temporary place that is moved at the end."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from marketplace import days
from marketplace.blocks import Block, Task, make_block, tasks_of
from marketplace.experiments import assignment_rows
from marketplace.faults import MarketplaceError
from marketplace.manifest import Manifest, make_manifest
from marketplace.masters import area_rows, calendar_rows, campaign_rows, experiment_rows, release_rows
from marketplace.settings import VERSION, Settings
from marketplace.world import World, make_world
from marketplace.writer import DuckDBSink, ParquetSink, Sink, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BYTES_AN_EVENT = 40
_EVENTS_A_GUEST = 135
_STALE_SECONDS = 6 * 3600


def build(settings: Settings, progress: Callable[[int, int, int], None] | None = None) -> Manifest:
    """Build the data set of the settings and return its manifest; raises MarketplaceError and leaves no half file."""
    with _workplace(settings) as place:
        started = time.perf_counter()
        world = make_world(settings)
        made = place / ("data" if settings.format == "parquet" else settings.out.name)
        writer = Writer(world, _sink(settings, made, place))
        _write_masters(world, writer)
        tasks = tasks_of(world, 0, days.MONTHS)
        for done, block in enumerate(_blocks(world, tasks), 1):
            writer.add_block(block)
            if progress:
                progress(done, len(tasks), sum(writer.counts.values()))
        writer.finish()
        manifest = make_manifest(world, writer.counts, time.perf_counter() - started)
        _move(settings, made, manifest, place)
        return manifest


def identity(settings: Settings) -> dict[str, object]:
    """Return what a DuckDB file says of itself."""
    return {
        "version": VERSION,
        "seed": settings.seed,
        "scale": f"{settings.scale:g}",
        "locale": settings.locale,
    }


def _write_masters(world: World, writer: Writer) -> None:
    writer.add_rows("areas", area_rows())
    writer.add_rows("calendar", calendar_rows())
    writer.add_rows("casts", world.casts.to_rows(world.pools))
    writer.add_rows("recommender_releases", release_rows())
    writer.add_rows("experiments", experiment_rows())
    writer.add_rows("campaigns", campaign_rows(world.guests.count))
    writer.add_rows("guests", world.guests.to_rows(world.pools, world.end))
    writer.add_rows("experiment_assignments", assignment_rows(world.trials))


def _blocks(world: World, tasks: tuple[Task, ...]) -> Iterator[Block]:
    """Yield the blocks in order while the threads work a little ahead."""
    threads = world.settings.threads
    with ThreadPoolExecutor(threads) as pool:
        ahead = deque(pool.submit(make_block, world, task) for task in tasks[: threads + 1])
        rest = iter(tasks[threads + 1 :])
        while ahead:
            block = ahead.popleft().result()
            if (task := next(rest, None)) is not None:
                ahead.append(pool.submit(make_block, world, task))
            yield block


def _sink(settings: Settings, made: Path, place: Path) -> Sink:
    if settings.format == "parquet":
        made.mkdir()
        return ParquetSink(made)
    connection = duckdb.connect(
        str(made),
        config={
            "threads": settings.threads,
            "memory_limit": f"{settings.memory_mb}MB",
            "temp_directory": str(place / "spill"),
            "preserve_insertion_order": True,
        },
    )
    return DuckDBSink(connection, identity(settings))


@contextmanager
def _workplace(settings: Settings) -> Iterator[Path]:
    """Give a hidden folder beside the target; translate what can go wrong there, and leave nothing behind."""
    parent = settings.out.absolute().parent
    if settings.out.is_dir() and settings.format == "duckdb":
        raise MarketplaceError("out_is_folder", out=settings.out)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        place = _hidden_folder(parent, settings.out.name)
    except OSError as fault:
        raise MarketplaceError("folder_unwritable", folder=parent, reason=fault.strerror or fault) from fault
    try:
        _ask_for_room(settings, parent)
        yield place
    except OSError as fault:
        raise MarketplaceError("cannot_write", out=settings.out, reason=fault.strerror or fault) from fault
    except duckdb.OutOfMemoryException as fault:
        raise MarketplaceError("memory_exhausted", memory=settings.memory_mb) from fault
    except duckdb.IOException as fault:
        raise MarketplaceError("cannot_write", out=settings.out, reason=str(fault).splitlines()[0]) from fault
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _hidden_folder(parent: Path, name: str) -> Path:
    from pathlib import Path

    return Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".building", dir=parent))


def _sweep(parent: Path) -> None:
    """Remove what killed builds left behind hours ago."""
    for left in parent.glob(".*.building"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _ask_for_room(settings: Settings, parent: Path) -> None:
    needed = settings.guests * _EVENTS_A_GUEST * _BYTES_AN_EVENT + 8_000_000
    free = shutil.disk_usage(parent).free
    if free < needed:
        raise MarketplaceError("disk_full", folder=parent, needed=needed // 1_000_000 + 1, free=free // 1_000_000)


def manifest_path(out: Path) -> Path:
    """Return where the manifest of a data set stands: beside it."""
    return out.with_name(f"{out.stem}.manifest.json")


def _move(settings: Settings, made: Path, manifest: Manifest, place: Path) -> None:
    """Put the finished files in their places; the data go first, so that a manifest never speaks of data to come."""
    text = place / "manifest.json"
    text.write_text(manifest.to_json(), encoding="utf-8")
    if settings.out.is_dir():
        old = place / "old"
        settings.out.replace(old)
    made.replace(settings.out)
    text.replace(manifest_path(settings.out))
