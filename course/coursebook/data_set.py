"""The practice data of a course: the marketplace's, or a synthetic copy of the course's own tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from coursebook.location import MARKETPLACE
from coursebook.messages import LANGUAGES
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from marketplace.data_dictionary import Lang, TableEntry
    from marketplace.structure import TableShape
    from marketplace.yourschema.mapping import Mapping as TableMapping
    from marketplace.yourschema.schema import Schema as OwnSchema

    Progress = Callable[[int, int, int], None]
    """Called with parts done, parts in all and rows so far."""

SEED = 1


class DataSet(Protocol):
    """What a course says of its practice data."""

    @property
    def name(self) -> str:
        """What its files are called."""

    @property
    def version(self) -> str:
        """What a file is made from; a file of another version is made anew."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What of the course's folder it is made from and told by."""

    def build(self, place: Path, lang: Lang, factor: float, progress: Progress | None = None) -> None:
        """Make the file with its manifest beside it; raises MarketplaceError, and a half-made file never gets its name."""

    def says_version(self, file: Path) -> str:
        """The version that a file without a manifest says it is of; empty where it holds other tables. Raises MarketplaceError."""

    def dictionary(self, lang: Lang) -> tuple[TableEntry, ...]:
        """What tables and columns mean. Raises MarketplaceError where the course's own files can't be read."""

    def shapes(self) -> tuple[TableShape, ...]:
        """The tables with keys and references, as a diagram draws them. Raises MarketplaceError likewise."""


class MarketplaceData:
    """The data of the course that comes with the package."""

    name = MARKETPLACE
    files: tuple[Path, ...] = ()

    @property
    def version(self) -> str:
        """The version of the draws."""
        from marketplace.settings import VERSION

        return VERSION

    def build(self, place: Path, lang: Lang, factor: float, progress: Progress | None = None) -> None:
        """Build a data set."""
        from marketplace import Settings, build

        build(Settings(scale=factor, seed=SEED, locale=lang, out=place), progress)

    def says_version(self, file: Path) -> str:
        """What the file itself says: the month of a measure is given to learners without its manifest."""
        import duckdb

        from marketplace.checks.running import identity_of
        from marketplace.faults import MarketplaceError

        try:
            with duckdb.connect(str(file), read_only=True) as connection:
                return identity_of(connection, file).get("version", "")
        except duckdb.Error as fault:
            raise MarketplaceError("not_a_dataset", path=file) from fault

    def dictionary(self, lang: Lang) -> tuple[TableEntry, ...]:
        """The data dictionary."""
        from marketplace import dictionary

        return dictionary(lang)

    def shapes(self) -> tuple[TableShape, ...]:
        """The marketplace's tables."""
        from marketplace import ddl
        from marketplace.structure import shapes_of

        return shapes_of(ddl())


@dataclass(frozen=True)
class CopyOfTables:
    """A synthetic copy of the tables of a DDL script, with what the course says of them."""

    name: str
    script: Path
    mapping: Path | None = None
    statistics: Path | None = None

    @cached_property
    def version(self) -> str:
        """A digest of all that the copy is made from."""
        from marketplace.settings import VERSION

        texts = [each.read_bytes() for each in (self.script, self.mapping, self.statistics) if each is not None]
        return sha256(b"\0".join([VERSION.encode(), *texts])).hexdigest()[:16]

    @property
    def files(self) -> tuple[Path, ...]:
        """Script, mapping and statistics, and the course's own sentences where there are any."""
        told = [each for lang in LANGUAGES if (each := self._sentences(lang)).is_file()]
        return tuple(each for each in (self.script, self.mapping, self.statistics, *told) if each is not None)

    @cached_property
    def tables(self) -> tuple[OwnSchema, TableMapping]:
        """The script's tables, and what their columns mean.

        Raises:
            YourSchemaError: script or mapping can't be read.
        """
        from marketplace import yourschema as own

        schema = own.read_schema_file(self.script)
        return schema, own.read_mapping_file(self.mapping, schema) if self.mapping else own.infer_mapping(schema)

    def build(self, place: Path, lang: Lang, factor: float, progress: Progress | None = None) -> None:
        """Make the copy."""
        from marketplace import yourschema as own

        schema, mapping = self.tables
        profile = own.read_profile_file(self.statistics, mapping) if self.statistics else None
        counts: dict[str, int] = {}

        def done(table: str, rows: int) -> None:
            counts[table] = rows
            if progress:
                progress(len(counts), len(schema.tables), sum(counts.values()))

        own.copy_schema(
            schema, mapping, profile, own.CopySettings(place, seed=SEED, scale=factor, locale=lang), progress=done
        )
        said = {"version": self.version, "factor": factor, "counts": counts}
        write_whole(place.with_suffix(".manifest.json"), json.dumps(said, ensure_ascii=False).encode())

    def says_version(self, file: Path) -> str:
        """This version where the file holds all of the script's tables with their columns, whoever made it."""
        import duckdb

        from marketplace.faults import MarketplaceError

        try:
            with duckdb.connect(str(file), read_only=True) as connection:
                held = connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
        except duckdb.Error as fault:
            raise MarketplaceError("not_a_database", path=file) from fault
        there = {(table.lower(), column.lower()) for table, column in held}
        missing = [
            table.name
            for table, column in self.tables[0].columns()
            if (table.name.lower(), column.name.lower()) not in there
        ]
        if missing:
            raise MarketplaceError("not_of_this_course", path=file, table=missing[0])
        return self.version

    def dictionary(self, lang: Lang) -> tuple[TableEntry, ...]:
        """Comments of the script, the course's own sentences before them, and what a column means where there are none."""
        from marketplace.yourschema.describing import entries_of

        return entries_of(*self.tables, lang, self._written(lang))

    def shapes(self) -> tuple[TableShape, ...]:
        """The script's tables; references that were read from the names are among theirs."""
        from marketplace.yourschema.describing import shapes_of_copy

        return shapes_of_copy(*self.tables)

    def _written(self, lang: Lang) -> Mapping[str, object]:
        """The course's own sentences: dictionary.<lang>.toml beside the script."""
        import tomllib

        from marketplace.faults import MarketplaceError

        file = self._sentences(lang)
        try:
            return tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as fault:
            raise MarketplaceError("dictionary_unreadable", path=file, why=fault) from fault

    def _sentences(self, lang: str) -> Path:
        return self.script.with_name(f"dictionary.{lang}.toml")
