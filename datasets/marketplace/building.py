"""Build a data set: make the world, then block after block on all cores, in a hidden folder whose content is moved at the end."""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import duckdb

from marketplace.blocks import Block, Task, make_block, tasks_of
from marketplace.experiments import Samples, assignment_rows
from marketplace.manifest import Manifest, make_manifest
from marketplace.masters import area_rows, calendar_rows, campaign_rows, experiment_rows, release_rows
from marketplace.settings import VERSION, Settings
from marketplace.workplace import put_in_place, workplace
from marketplace.world import World, make_world
from marketplace.writer import DuckDBSink, ParquetSink, Sink, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def build(settings: Settings, progress: Callable[[int, int, int], None] | None = None) -> Manifest:
    """Build the data set of the settings and return its manifest; raises MarketplaceError and leaves no half file."""
    world = make_world(settings)
    with workplace(settings) as place:
        started = time.perf_counter()
        made = place / ("data" if settings.format == "parquet" else settings.out.name)
        writer = Writer(world, _sink(world, made, place), {})
        _write_masters(world, writer)
        tasks = tasks_of(world)
        samples = Samples(world.trials, world.guests.count)
        for done, block in enumerate(blocks_in_order(world, tasks), 1):
            writer.add_block(block)
            samples.add(block.reached)
            if progress:
                progress(done, len(tasks), writer.rows)
        writer.finish()
        manifest = make_manifest(world, samples, writer.counts, time.perf_counter() - started)
        put_in_place(settings, made, manifest, place)
        return manifest


def identity(world: World) -> dict[str, object]:
    """Return what a DuckDB file says of itself."""
    settings = world.settings
    return {
        "kind": "standard",
        "version": VERSION,
        "seed": settings.seed,
        "scale": f"{settings.scale:g}",
        "locale": settings.locale,
    }


def _write_masters(world: World, writer: Writer) -> None:
    experiments = tuple(trial.experiment for trial in world.trials)
    writer.add_rows("areas", area_rows())
    writer.add_rows("calendar", calendar_rows(world.days))
    writer.add_rows("casts", world.casts.to_rows(world.pools))
    writer.add_rows("recommender_releases", release_rows())
    writer.add_rows("experiments", experiment_rows(experiments, world.rollouts))
    writer.add_rows("campaigns", campaign_rows(world.settings.guests))
    writer.add_rows("guests", world.guests.to_rows(world.pools, world.end))
    writer.add_rows("experiment_assignments", assignment_rows(world.trials))


def blocks_in_order(world: World, tasks: tuple[Task, ...]) -> Iterator[Block]:
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


def _sink(world: World, made: Path, place: Path) -> Sink:
    settings = world.settings
    if settings.format == "parquet":
        made.mkdir()
        return ParquetSink(made)
    connection = duckdb.connect(
        str(made),
        config={
            "threads": settings.threads,
            "memory_limit": f"{settings.memory_mb}MB",
            "temp_directory": str(place / "spill"),
        },
    )
    return DuckDBSink(connection, identity(world))
