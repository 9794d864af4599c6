"""Finding and replacing the part of an expression that stands at a path."""

from __future__ import annotations

from neurosim.algebra.errors import TooLargeError
from neurosim.algebra.expression import Expression, Path, Product, Sum, walk

LARGEST = 1000
"""More parts than this cannot be followed by anybody, nor drawn."""


def at(expression: Expression, path: Path) -> Expression:
    """The part at *path*.

    Raises:
        IndexError: there is no such part.
    """
    for index in path:
        if index < 0:
            raise IndexError(f"A path counts from 0, not from {index}.")
        expression = expression.children[index]
    return expression


def size(expression: Expression) -> int:
    """The number of parts, the whole among them."""
    return sum(1 for _ in walk(expression))


def checked_size(expression: Expression) -> Expression:
    """The expression itself.

    Raises:
        TooLargeError: it has more than ``LARGEST`` parts.
    """
    for count, _ in enumerate(walk(expression)):
        if count >= LARGEST:
            raise TooLargeError(f"This grows beyond {LARGEST} parts: too long to be worked through. Try a shorter one.")
    return expression


def replace(expression: Expression, path: Path, new: Expression) -> tuple[Expression, tuple[Path, ...]]:
    """The expression with *new* at *path*, and the paths at which *new* now stands.

    A product put into a product, or a sum into a sum, is written without brackets: its parts then stand side by side,
    so there is one path for each of them. The order never changes.
    """
    if not path:
        return new, ((),)
    parent_path, index = path[:-1], path[-1]
    parent = at(expression, parent_path)
    children = parent.children
    spliced: tuple[Expression, ...] = (new,)
    if isinstance(parent, Product) and isinstance(new, Product):
        spliced = new.factors
    elif isinstance(parent, Sum) and isinstance(new, Sum):
        spliced = new.terms
    rebuilt = parent.with_children((*children[:index], *spliced, *children[index + 1 :]))
    for depth in range(len(parent_path), 0, -1):
        above = at(expression, parent_path[: depth - 1])
        place = parent_path[depth - 1]
        rebuilt = above.with_children((*above.children[:place], rebuilt, *above.children[place + 1 :]))
    return rebuilt, tuple((*parent_path, index + offset) for offset in range(len(spliced)))
