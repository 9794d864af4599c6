"""Derivatives with one slip in them, each worked out by hand."""

from __future__ import annotations

SIGMOID = "e^-x/(1+e^-x)^2"
"""The derivative of 1/(1 + e^-x), as the lecture leaves it."""

# the function, its derivative, what is typed, the errors that may be named
DERIVATIVES: list[tuple[str, str, str, set[str]]] = [
    ("(2x+1)^3", "6(2x+1)^2", "3(2x+1)^2", {"outside_only", "factor_two_missing"}),
    ("(x^2+1)^2", "4x(x^2+1)", "2(x^2+1)", {"outside_only"}),
    ("1/(1+e^-x)", SIGMOID, "-1/(1+e^-x)^2", {"outside_only"}),
    ("1/(1+e^-x)", SIGMOID, "-e^-x/(1+e^-x)^2", {"inner_sign_lost", "opposite_sign"}),
    ("e^-x", "-e^-x", "e^-x", {"opposite_sign", "inner_sign_lost", "outside_only"}),
    ("e^(3x)", "3e^(3x)", "3x*e^(3x-1)*3", {"exponential_as_power"}),
    ("e^(3x)", "3e^(3x)", "e^(3x)", {"outside_only"}),
    ("x*e^x", "e^x + x e^x", "e^x", {"product_of_derivatives"}),
    ("x/(1+x)", "1/(1+x)^2", "1", {"quotient_of_derivatives"}),
    ("x/(1+x)", "1/(1+x)^2", "-1/(1+x)^2", {"quotient_turned", "opposite_sign"}),
    ("x^2/(1+x)", "(2x(1+x)-x^2)/(1+x)^2", "(2x(1+x)-x^2)/(1+x)", {"denominator_not_squared"}),
    ("x^5", "5x^4", "5x^5", {"exponent_kept"}),
    ("x^5", "5x^4", "x^4", {"exponent_not_brought_down"}),
    ("x^5", "5x^4", "x^6/6", {"integrated"}),
    ("x^2+7", "2x", "2x+7", {"constant_kept"}),
    ("3^x", "3^x ln(3)", "3^x", {"base_forgotten"}),
    ("ln(x)", "1/x", "1/(x ln(10))", {"log_base_ten"}),
    ("sigma(x)", "sigma(x)(1-sigma(x))", "sigma(x)", {"sigma_for_slope"}),
    ("sigma(x)", "sigma(x)(1-sigma(x))", "1-sigma(x)", {"sigma_for_slope"}),
    ("ln(x^2+1)", "2x/(x^2+1)", "1/(x^2+1)", {"outside_only"}),
    ("x^5", "5x^4", "10x^4", {"factor_two_extra"}),
    ("x^2 + 3x", "2x + 3", "2x + 1", {"coefficient_lost"}),
    ("e^(3x)", "3e^(3x)", "e^(3x)", {"outside_only", "coefficient_lost"}),
]
