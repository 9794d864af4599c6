"""The grammar of typed formulas: recursive descent over the tokens, bounded in depth."""

from __future__ import annotations

from fractions import Fraction

from neurosim.algebra.errors import ParseError
from neurosim.algebra.expression import (
    PI,
    Constant,
    Derivative,
    E,
    Expression,
    Function,
    Negation,
    Power,
    Quotient,
    Sum,
    Symbol,
    number,
    product_of,
)
from neurosim.algebra.tokens import Token

DEEPEST = 40
"""Levels of brackets and of fractions in fractions; nobody reads more, and recursion stays bounded."""


def depth(expression: Expression) -> int:
    """The number of levels, counted without recursion."""
    level, deep = [expression], 0
    while level:
        level = [child for part in level for child in part.children]
        deep += 1
    return deep


class Parser:
    """Recursive descent over the tokens; *lenient* takes brackets that are never closed as closed at the end."""

    def __init__(self, pieces: list[Token], lenient: bool = False) -> None:
        self._pieces = pieces
        self._lenient = lenient
        self._at = 0
        self._nested = 0
        self._bars = 0

    def whole(self) -> Expression:
        """The expression that all tokens together say.

        Raises:
            ParseError: they say none, or one that is nested too deeply.
        """
        expression = self._sum()
        rest = self._peek()
        if rest.kind != "end":
            raise ParseError(f'The "{rest.text}" at place {rest.start + 1} closes nothing.', rest.start)
        if depth(expression) > DEEPEST:
            raise ParseError(f"The formula is nested more than {DEEPEST} levels deep.", 0)
        return expression

    # -- tokens ----------------------------------------------------------------------------------------------------

    def _peek(self, ahead: int = 0) -> Token:
        return self._pieces[min(self._at + ahead, len(self._pieces) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _is_sign(self, signs: str, ahead: int = 0) -> bool:
        token = self._peek(ahead)
        return token.kind == "sign" and token.text in signs

    def _enter(self, token: Token) -> None:
        self._nested += 1
        if self._nested > DEEPEST:
            raise ParseError(f"The formula is nested more than {DEEPEST} levels deep.", token.start)

    # -- the grammar -----------------------------------------------------------------------------------------------

    def _sum(self) -> Expression:
        terms = [self._term()]
        while self._is_sign("+-"):
            negative = self._take().text == "-"
            term = self._term()
            terms.append(Negation(term) if negative else term)
        return Sum(tuple(terms)) if len(terms) > 1 else terms[0]

    def _term(self) -> Expression:
        if not self._is_sign("+-"):
            return self._product()
        sign = self._take()
        self._enter(sign)
        inside = self._term()
        self._nested -= 1
        return Negation(inside) if sign.text == "-" else inside

    def _product(self) -> Expression:
        factors = [self._power()]
        while True:
            if self._is_sign("*"):
                self._take()
                factors.append(self._signed())
            elif self._is_sign("/"):
                self._take()
                factors = [Quotient(product_of(factors), self._signed())]
            elif self._starts_value():
                factors.append(self._power())
            else:
                return product_of(factors)

    def _starts_value(self) -> bool:
        token = self._peek()
        if token.kind == "number":
            before = self._pieces[self._at - 1]
            what = "Two numbers stand side by side" if before.kind == "number" else "A number follows directly"
            raise ParseError(f'{what} at place {token.start + 1}: write * before "{token.text}".', token.start)
        if token.kind in {"symbol", "constant", "function"} or self._is_sign("(∂"):
            return True
        return self._is_sign("|") and self._bars == 0

    def _signed(self) -> Expression:
        if not self._is_sign("+-"):
            return self._power()
        sign = self._take()
        self._enter(sign)
        inside = self._signed()
        self._nested -= 1
        return Negation(inside) if sign.text == "-" else inside

    def _power(self) -> Expression:
        base = self._single()
        raised = self._exponent()
        return base if raised is None else Power(base, raised)

    def _exponent(self) -> Expression | None:
        token = self._peek()
        if token.kind == "raised":
            self._take()
            exponent = _small(token)
        elif self._is_sign("^"):
            self._enter(self._take())
            exponent = self._signed()
            self._nested -= 1
        else:
            return None
        after = self._peek()
        if after.kind == "raised" or self._is_sign("^"):
            raise ParseError(
                f"There are two exponents at place {after.start + 1}: write brackets to say which belongs to what.",
                after.start,
            )
        return exponent

    def _single(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            return Constant(token.value)
        if token.kind == "constant":
            return PI if token.text == "pi" else E
        if token.kind == "symbol":
            return self._derivative(token) or Symbol(token.text)
        if token.kind == "function":
            return self._function(token)
        if token.text == "(":
            return self._closed(token, ")")
        if token.text == "|":
            return Function("abs", self._closed(token, "|"))
        if token.text == "∂":
            found = self._derivative(token)
            if found is not None:
                return found
            raise ParseError(
                f"The ∂ at place {token.start + 1} does not begin a derivative such as ∂/∂a(...).", token.start
            )
        if token.kind == "end":
            raise ParseError("The formula ends too early: something is missing at its end.", token.start)
        raise ParseError(f'Something is missing before "{token.text}" at place {token.start + 1}.', token.start)

    def _derivative(self, first: Token) -> Expression | None:
        """``d/dx(...)`` or ``∂/∂x(...)``, whose first sign has been taken."""
        second, variable = self._peek(1), self._peek(2)
        marks = first.text in {"d", "∂"} and self._is_sign("/") and second.text == first.text
        if not (marks and variable.kind == "symbol" and self._is_sign("(", 3)):
            return None
        self._at += 3
        return Derivative(self._closed(self._take(), ")"), variable.text, first.text == "∂")

    def _closed(self, opening: Token, closing: str) -> Expression:
        self._enter(opening)
        bars, self._bars = self._bars, (self._bars + 1 if closing == "|" else 0)
        inside = self._sum()
        if self._is_sign(closing):
            self._take()
        elif not (self._lenient and self._peek().kind == "end"):
            stop = self._peek()
            what = (
                "is never closed"
                if stop.kind == "end"
                else f'is not closed before "{stop.text}" at place {stop.start + 1}'
            )
            raise ParseError(f'The "{opening.text}" at place {opening.start + 1} {what}.', stop.start)
        self._bars = bars
        self._nested -= 1
        return inside

    # -- functions -------------------------------------------------------------------------------------------------

    def _function(self, name: Token) -> Expression:
        self._enter(name)
        raised = None
        if self._peek().kind == "raised" or self._is_sign("^"):
            place = self._peek().start
            raised = self._exponent()
            if not (isinstance(raised, Constant) and raised.value.denominator == 1):
                raise ParseError(
                    f"Only a whole exponent such as sin^2(x) can stand at place {place + 1}: "
                    "write 1/sin(x) or put the exponent after the bracket.",
                    place,
                )
        found: Expression = Function(name.text, self._argument(name))
        self._nested -= 1
        return found if raised is None else Power(found, raised)

    def _argument(self, name: Token) -> Expression:
        if self._is_sign("("):
            return self._closed(self._take(), ")")
        if self._is_sign("|") and self._bars == 0:
            return self._single()
        if self._is_sign("-"):
            sign = self._take()
            self._enter(sign)
            inside = self._argument(name)
            self._nested -= 1
            return Negation(inside)
        if self._peek().kind == "function":
            return self._single()
        if self._peek().kind not in {"number", "symbol", "constant"}:
            raise ParseError(
                f"The function at place {name.start + 1} needs what it is taken of, in brackets.", self._peek().start
            )
        factors = [self._power()]
        alone = name.end - name.start == 1 and name.text == "sqrt"  # the sign √ takes one value: √2x is (√2)·x
        while not alone and self._peek().kind in {"symbol", "constant"}:
            factors.append(self._power())
        return product_of(factors)


def _small(token: Token) -> Expression:
    size = token.text.removeprefix("-")
    exponent = number(Fraction(int(size))) if size.isdigit() else Symbol(size)
    return Negation(exponent) if token.text.startswith("-") else exponent
