"""Where the boxes of an ER diagram stand and which way its lines run: layers, gutters, one lane per table referred to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marketplace.structure import TableShape

ROW, HEAD, GAP, LANE, MARGIN = 18, 44, 34, 9, 24
"""Pixels: of a column's line, of a table's head, between tables, between lines side by side, around all."""


@dataclass(frozen=True)
class Box:
    """A table's rectangle in pixels, its top left corner first."""

    shape: TableShape
    layer: int
    x: float
    y: float
    width: float
    height: float

    def row_y(self, column: str) -> float:
        """Return the height of the middle of a column's line."""
        index = [own.name for own in self.shape.columns].index(column)
        return self.y + HEAD + ROW * (index + 0.5)


@dataclass(frozen=True)
class Line:
    """A reference drawn as a polyline from the referring column to the column referred to."""

    table: str
    referred: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """Boxes, lines and the size of the whole picture in pixels."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def lay_out(shapes: Sequence[TableShape], width_of: Callable[[TableShape], float], top: float = 0) -> Layout:
    """Stand each table right of the tables it refers to and route the references between the boxes."""
    columns = _balanced(_layers(shapes))
    lanes = _lanes(columns)
    widths = [max(width_of(shape) for shape in column) for column in columns]
    boxes: list[Box] = []
    x: float = MARGIN + LANE * (len(lanes[0]) + 1)
    for layer, column in enumerate(columns):
        y: float = top + MARGIN
        for shape in column:
            height = HEAD + ROW * len(shape.columns) + 6
            boxes.append(Box(shape, layer, x, y, widths[layer], height))
            y += height + GAP
        x += widths[layer] + LANE * (len(lanes[layer + 1]) + 3)
    router = _Router(boxes, lanes, widths)
    lines = tuple(router.route(box, own, key) for box in boxes for own, key in _references(box.shape))
    return Layout(tuple(boxes), lines, x + MARGIN, max(box.y + box.height for box in boxes) + MARGIN + GAP)


def _references(shape: TableShape) -> list[tuple[str, tuple[str, str]]]:
    return [(own, (fk.table, theirs)) for fk in shape.foreign_keys for own, theirs in list(fk.pairs())[-1:]]


def _layers(shapes: Sequence[TableShape]) -> list[list[TableShape]]:
    """Put a table one layer right of the rightmost table it refers to; a reference that closes a cycle is left out."""
    by_name = {shape.name: shape for shape in shapes}
    depth: dict[str, int] = {}

    def place(name: str, path: frozenset[str]) -> int:
        if name not in depth:
            parents = {fk.table for fk in by_name[name].foreign_keys} - path - {name}
            depth[name] = max((place(parent, path | {name}) + 1 for parent in parents if parent in by_name), default=0)
        return depth[name]

    layers: list[list[TableShape]] = []
    for shape in shapes:
        layer = place(shape.name, frozenset())
        layers.extend([] for _ in range(layer + 1 - len(layers)))
    for shape in shapes:
        layers[depth[shape.name]].append(shape)
    return layers


def _balanced(layers: list[list[TableShape]]) -> list[list[TableShape]]:
    """Split tall layers, sort each by where its parents stand, and put tables without references where room is left."""
    total = sum(_lines_of(layer) for layer in layers)
    ceiling = max(total / 3.2, *(len(shape.columns) + 4 for layer in layers for shape in layer))
    apart = [shape for layer in layers for shape in layer if not shape.foreign_keys and not _weight(shape, layers)]
    columns: list[list[TableShape]] = []
    for layer in layers:
        columns.append([])
        for shape in sorted(
            (shape for shape in layer if shape not in apart), key=lambda shape: -_weight(shape, layers)
        ):
            if columns[-1] and _lines_of([*columns[-1], shape]) > ceiling:
                columns.append([])
            columns[-1].append(shape)
    columns = _ordered([column for column in columns if column] or [[]])
    for shape in apart:
        min(columns, key=_lines_of).append(shape)
    return columns


def _lines_of(column: list[TableShape]) -> int:
    return sum(len(shape.columns) + 4 for shape in column)


def _weight(shape: TableShape, layers: list[list[TableShape]]) -> int:
    return sum(fk.table == shape.name for layer in layers for other in layer for fk in other.foreign_keys)


def _ordered(columns: list[list[TableShape]]) -> list[list[TableShape]]:
    rank: dict[str, float] = {}
    for column in columns:
        for shape in column:
            parents = [rank[fk.table] for fk in shape.foreign_keys if fk.table in rank]
            rank[shape.name] = sum(parents) / len(parents) if parents else 0.5
        column.sort(key=lambda shape: rank[shape.name])
        for place, shape in enumerate(column):
            rank[shape.name] = (place + 0.5) / len(column)
    return columns


def _lanes(columns: list[list[TableShape]]) -> list[list[str]]:
    """Return, per gutter (before each column, and after the last), the tables referred to by lines that run there."""
    layer = {shape.name: index for index, column in enumerate(columns) for shape in column}
    lanes: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for column in columns:
        for shape in column:
            for fk in shape.foreign_keys:
                if fk.table not in layer:
                    continue
                for gutter in _gutters(layer[shape.name], layer[fk.table]):
                    if fk.table not in lanes[gutter]:
                        lanes[gutter].append(fk.table)
    return lanes


def _gutters(child: int, parent: int) -> range:
    """Return the gutters a line passes, from the child's side to the parent's."""
    if parent < child:
        return range(child, parent, -1)
    return range(child + 1, max(parent, child + 1) + 1)


class _Router:
    """Finds a line's way: along its lane in each gutter, between two boxes wherever it crosses a column."""

    def __init__(self, boxes: list[Box], lanes: list[list[str]], widths: list[float]) -> None:
        self._boxes = {box.shape.name: box for box in boxes}
        self._lanes = lanes
        self._widths = widths
        self._columns = [[box for box in boxes if box.layer == layer] for layer in range(len(widths))]
        self._crossings: dict[tuple[int, str], float] = {}
        self._used: dict[tuple[int, int], int] = {}

    def route(self, child: Box, own: str, key: tuple[str, str]) -> Line:
        """Return the line from a column to the column it refers to."""
        parent = self._boxes[key[0]]
        leftwards = parent.layer < child.layer
        y = child.row_y(own)
        points = [(child.x if leftwards else child.x + child.width, y)]
        gutters = list(_gutters(child.layer, parent.layer))
        goal = parent.row_y(key[1])
        for place, gutter in enumerate(gutters):
            lane = self._lane_x(gutter, key[0])
            points.append((lane, y))
            last = place == len(gutters) - 1
            y = goal if last else self._crossing(gutter - 1 if leftwards else gutter, key[0], goal)
            points.append((lane, y))
        points.append((parent.x + parent.width if parent.layer <= child.layer else parent.x, goal))
        return Line(child.shape.name, key[0], tuple(points))

    def _lane_x(self, gutter: int, referred: str) -> float:
        if gutter < len(self._columns):
            right = self._columns[gutter][0].x - LANE
        else:
            last = self._columns[-1][0]
            right = last.x + last.width + LANE * (len(self._lanes[gutter]) + 1)
        return right - LANE * self._lanes[gutter].index(referred)

    def _crossing(self, layer: int, referred: str, goal: float) -> float:
        """Return the height at which lines to a table cross a column: the gap nearest to where they are going."""
        if (layer, referred) not in self._crossings:
            gaps = [box.y + box.height + GAP / 2 for box in self._columns[layer]]
            free = [gap for gap, _ in enumerate(gaps) if self._used.get((layer, gap), 0) < 4] or range(len(gaps))
            gap = min(free, key=lambda index: abs(gaps[index] - goal))
            used = self._used.get((layer, gap), 0)
            self._used[layer, gap] = used + 1
            self._crossings[layer, referred] = gaps[gap] - 10.5 + 7 * used
        return self._crossings[layer, referred]
