"""Columns of fractions over one common denominator: sums and products of whole numbers, many times faster."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from neurosim.numbers.exact import DENOMINATOR_LIMIT, Number
from neurosim.records import dataclass


@dataclass(frozen=True, slots=True)
class ExactVector:
    """The fractions ``numerators[i] / denominator``; the denominator is positive, and need not be the smallest."""

    numerators: list[int]
    denominator: int

    @staticmethod
    def of(values: Sequence[Fraction]) -> ExactVector:
        """The vector that holds *values*."""
        denominator = math.lcm(*{value.denominator for value in values})
        return ExactVector([v.numerator * (denominator // v.denominator) for v in values], denominator)

    @staticmethod
    def full(value: Fraction, n: int) -> ExactVector:
        """*n* times the same *value*."""
        return ExactVector([value.numerator] * n, value.denominator)

    def fractions(self) -> tuple[Fraction, ...]:
        """The values, each reduced."""
        return tuple(Fraction(numerator, self.denominator) for numerator in self.numerators)

    def plus(self, other: ExactVector, factor: Fraction = Fraction(1)) -> ExactVector:
        """This vector plus *factor* times *other*."""
        below = other.denominator * factor.denominator
        denominator = math.lcm(self.denominator, below)
        mine, theirs = denominator // self.denominator, denominator // below * factor.numerator
        pairs = zip(self.numerators, other.numerators, strict=True)
        return ExactVector([mine * a + theirs * b for a, b in pairs], denominator)

    def times(self, other: ExactVector) -> ExactVector:
        """The products value by value."""
        pairs = zip(self.numerators, other.numerators, strict=True)
        return ExactVector([a * b for a, b in pairs], self.denominator * other.denominator)

    def dot(self, other: ExactVector) -> Fraction:
        """The sum of the products."""
        total = sum(map(int.__mul__, self.numerators, other.numerators))
        return Fraction(total, self.denominator * other.denominator)

    def sum(self) -> Fraction:
        """The sum of the values."""
        return Fraction(sum(self.numerators), self.denominator)

    def rows(self, rows: Sequence[int]) -> ExactVector:
        """The values of *rows*."""
        return ExactVector([self.numerators[row] for row in rows], self.denominator)

    def within_limit(self) -> bool:
        """Whether each value is readable in the sense of ``neurosim.numbers.exact.within_limit``."""
        denominator = self.denominator
        largest = max(map(abs, self.numerators), default=0)
        if denominator <= DENOMINATOR_LIMIT and largest <= DENOMINATOR_LIMIT**2:
            return True
        for numerator in self.numerators:
            common = math.gcd(numerator, denominator)
            if denominator // common > DENOMINATOR_LIMIT or abs(numerator) // common > DENOMINATOR_LIMIT**2:
                return False
        return True


class LazyRows(Mapping[str, tuple[Number, ...]]):
    """Vectors by name, each turned into fractions when it is first asked for: a view reads few of them per frame."""

    __slots__ = ("_known", "_vectors")

    def __init__(self, vectors: Mapping[str, ExactVector]) -> None:
        self._vectors = vectors
        self._known: dict[str, tuple[Number, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Number, ...]:
        if name not in self._known:
            self._known[name] = self._vectors[name].fractions()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._vectors)

    def __len__(self) -> int:
        return len(self._vectors)

    def __contains__(self, name: object) -> bool:
        return name in self._vectors

    def __repr__(self) -> str:
        return repr(dict(self))
