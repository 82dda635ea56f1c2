"""The tables that the exercises are about, with all that fills them; read when they are first needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook.format import WordingRecord
from coursebook.messages import LANGUAGES
from coursebook.wording import Wording
from sqlgrade.dialect.given import reads_given
from sqlgrade.record import DEFAULT_NOW, Clock

if TYPE_CHECKING:
    from sqlgrade.tables.model import SchemaModel


@dataclass(frozen=True)
class Schema:
    """The course-wide part of what the judge is given."""

    script: Path | None = None
    """A DDL script; None is the marketplace."""
    folder: Path | None = None
    """The folder of the hand-made fillings that all exercises share."""
    now: datetime | None = None
    """The frozen current_date and now()."""
    timezone: str = "UTC"
    """The session's time zone."""
    clock: Clock | None = None
    """The clocks by which the data may be read."""
    assume: tuple[str, ...] = ()
    """Queries that return no row in valid data."""
    fixed: tuple[str, ...] = ()
    """Tables of the script whose rows, put there by it, are the same in all data."""
    pools: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """Realistic values per "table.column"."""
    wordings: Mapping[str, WordingRecord] = field(default_factory=dict)
    """Language -> the words of the course's own fillings in it."""
    lang: str = LANGUAGES[0]
    """The language of fillings, pools and views."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Name -> query of the views that lessons give, in a session as at the judge: any query may read any of them."""
    _known: dict[str, Wording] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def ddl(self) -> str:
        """The tables with their keys and constraints, and the rows of the fixed ones."""
        if self.script:
            return self.script.read_text(encoding="utf-8")
        import marketplace

        return f"{marketplace.ddl()}\n{marketplace.fixed_rows()}"

    @cached_property
    def today(self) -> date:
        """The business day that is going on once the data end: what yesterday and last_7_days are counted from."""
        if self.script:
            return (self.now or DEFAULT_NOW).date()
        from marketplace.nights import day_of

        return day_of(0) + timedelta(days=1)

    @cached_property
    def fixed_tables(self) -> tuple[str, ...]:
        """The names of the tables that hold the same rows in all data."""
        if self.script:
            return self.fixed
        import marketplace

        return marketplace.FIXED

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """What holds for all exercises: the course's own assumptions and what the marketplace promises."""
        if self.script:
            return self.assume
        import marketplace

        return marketplace.promises() + self.assume

    def promise_about(self, rule: str) -> str:
        """What a promise of the marketplace is about, which rows have broken; empty where it is another rule."""
        if self.script:
            return ""
        import marketplace

        return marketplace.promise_about(rule)

    @cached_property
    def model(self) -> "SchemaModel":
        """The tables as the judge reads them.

        Raises:
            ExerciseFault: the script cannot be read.
        """
        from sqlgrade.engine.ddl import read_schema

        return read_schema(self.ddl, fixed=self.fixed_tables)

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Lower-case table -> the columns of its primary key."""
        if self.script:
            return {table.name.lower(): table.primary_key for table in self.model.tables}
        import marketplace

        return {entry.name: entry.key for entry in marketplace.dictionary("en")}

    @cached_property
    def runnable(self) -> str:
        """The script where DuckDB runs it as it stands, else as far as the judge reads it.

        Raises:
            ExerciseFault: the script cannot be read.
        """
        if not self.script:
            return self.ddl
        import duckdb

        from sqlgrade.engine.sealed import open_sealed

        try:
            with open_sealed() as connection:
                connection.execute(self.ddl)
        except duckdb.Error:
            return self.model.ddl
        return self.ddl

    @cached_property
    def fillings(self) -> tuple[str, ...]:
        """The shared hand-made fillings, in the order of their names."""
        if not self.folder or not self.folder.is_dir():
            return ()
        texts = (path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.sql")))
        return tuple(map(self.wording(self.lang).sql, texts))

    def wording(self, lang: str) -> Wording:
        """What stands in a language for the Japanese values: the practice data's words and the course's own."""
        if lang not in self._known:
            own = self.wordings.get(lang, WordingRecord())
            self._known[lang] = Wording({**self._data_words(lang), **own.words}, own.patterns)
        return self._known[lang]

    def worded_columns(self, wording: Wording) -> frozenset[str]:
        """Names of the columns whose values have a wording."""
        pools = ((column, values) for column, values in self.pools.items())
        return frozenset(
            column.split(".")[-1] for column, values in pools if any(wording.value(each) != each for each in values)
        )

    def worded_views(self, lang: str) -> Mapping[str, str]:
        """The views, name -> query, that are worded otherwise in a language, by themselves or through one that they read."""
        there, worded = self.in_language(lang).given, dict[str, str]()
        for name, query in self.given.items():  # each stands behind those that it reads
            if there[name] != query or reads_given(query, worded):
                worded[name] = query
        return worded

    @cached_property
    def in_words(self) -> dict[str, "Schema"]:
        """The schema in each language."""
        return {lang: self._in_language(lang) for lang in LANGUAGES}

    def in_language(self, lang: str) -> "Schema":
        """The schema with fillings, assumptions, pools and views in the words of a language."""
        return self if lang == self.lang else self.in_words[lang]

    def _in_language(self, lang: str) -> "Schema":
        wording = self.wording(lang)
        return replace(
            self,
            lang=lang,
            assume=tuple(map(wording.sql, self.assume)),
            pools={column: tuple(map(wording.value, values)) for column, values in self.pools.items()},
            given={name: wording.sql(query) for name, query in self.given.items()},
        )

    def _data_words(self, lang: str) -> Mapping[str, str]:
        if self.script or lang == LANGUAGES[0]:
            return {}
        import marketplace

        return marketplace.wordings(lang)
