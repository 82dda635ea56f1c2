"""Makes the list of GoogleSQL's functions and their signatures anew, from GoogleSQL itself (package `zetasql`, offline).

    uv run --group bigquery python bench/googlesql_functions.py

One signature a line, parted by tabs: name, mode, arguments, result. An argument in `[…]` may be left out, one with `…` may come
again; `T1` is any type, the same wherever it stands; PART is a part of a date or time. The list is read by `sqlgrade.dialect.googlesql`.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlgrade.dialect

LIST = Path(sqlgrade.dialect.__file__).parent / "googlesql.tsv"
_TEMPLATES = {
    "ARG_TYPE_ANY_1": "T1", "ARG_TYPE_ANY_2": "T2", "ARG_ARRAY_TYPE_ANY_1": "ARRAY<T1>", "ARG_ARRAY_TYPE_ANY_2": "ARRAY<T2>",
    "ARG_ARRAY_TYPE_ANY_3": "ARRAY<T3>", "ARG_ARRAY_TYPE_ANY_4": "ARRAY<T4>", "ARG_RANGE_TYPE_ANY_1": "RANGE<T1>",
    "ARG_TYPE_ARBITRARY": "ANY", "ARG_TYPE_LAMBDA": "LAMBDA",
}  # fmt: skip
_PARTS = "ENUM"
_SIGNS = "$"
"""What the name of an operator begins with."""


def main() -> None:
    lines = sorted(set(signatures()))
    LIST.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} signatures of {len({line.split(chr(9))[0] for line in lines})} functions")


def signatures() -> list[str]:
    """A line for each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        types: Any = import_module("zetasql.types")
        service: Any = import_module("zetasql.core.local_service").ZetaSqlLocalService.get_instance()
    language = types.LanguageOptions.maximum_features()
    language.product_mode = types.ProductMode.PRODUCT_EXTERNAL
    lines = []
    for function in service.get_builtin_functions(language_options=language).function:
        names = [".".join(function.name_path).upper()]
        if function.options.alias_name:
            names.append(function.options.alias_name.upper())
        for signature in function.signature:
            arguments = ", ".join(map(_argument, signature.argument))
            told = "\t".join((function.mode.name, arguments, _type(signature.return_type)))
            lines += [f"{name}\t{told}" for name in names if not name.startswith(_SIGNS)]
    return lines


def _argument(argument: Any) -> str:
    told = _type(argument)
    if argument.options.argument_name:
        told = f"{argument.options.argument_name} => {told}" if _only_named(argument) else told
    cardinality = argument.options.cardinality.name
    return {"OPTIONAL": f"[{told}]", "REPEATED": f"{told}…"}.get(cardinality, told)


def _only_named(argument: Any) -> bool:
    return bool(argument.options.named_argument_kind.name == "NAMED_ONLY")


def _type(argument: Any) -> str:
    kind = argument.kind.name
    if kind != "ARG_TYPE_FIXED":
        return _TEMPLATES.get(kind, kind.removeprefix("ARG_"))
    return _named(argument.type)


def _named(of_type: Any) -> str:
    kind = str(of_type.type_kind.name).removeprefix("TYPE_")
    if kind == "ARRAY":
        return f"ARRAY<{_named(of_type.array_type.element_type)}>"
    if kind == "RANGE":
        return f"RANGE<{_named(of_type.range_type.element_type)}>"
    if kind == "STRUCT":
        return f"STRUCT<{', '.join(_named(each.field_type) for each in of_type.struct_type.field)}>"
    return {"DOUBLE": "FLOAT64", _PARTS: "PART", "BIGNUMERIC": "BIGNUMERIC"}.get(kind, kind)


if __name__ == "__main__":
    main()
