"""Hypothesis strategies for the things that neurosim is about: numbers, networks, data, documents, and user actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output
from neurosim.engine.settings import TrainingSettings

SMOOTH = ("identity", "sigmoid", "tanh", "softplus")


def fractions(bound: int = 20, denominator: int = 12) -> st.SearchStrategy[Fraction]:
    """Hand-sized exact numbers."""
    return st.fractions(min_value=-bound, max_value=bound, max_denominator=denominator)


def floats(bound: float = 1e3) -> st.SearchStrategy[float]:
    """Finite float64 numbers of moderate size."""
    return st.floats(-bound, bound, allow_nan=False, width=64)


@st.composite
def datasets(draw: st.DrawFn, columns: tuple[str, ...] = ("x1", "x2", "y"), max_rows: int = 6) -> Dataset:
    """Hand-sized exact data with at least one row."""
    rows = draw(st.integers(1, max_rows))
    return Dataset({name: Column(tuple(draw(fractions()) for _ in range(rows))) for name in columns})


@st.composite
def networks(
    draw: st.DrawFn,
    inputs: tuple[str, ...] = ("x1", "x2"),
    target: str = "y",
    max_neurons: int = 4,
    activations: tuple[str, ...] = SMOOTH,
) -> Network:
    """Free directed acyclic graphs: skip connections, neurons without bias, frozen and muted parameters."""
    nodes: list[Node] = [InputNode(name, name, position=(0.0, 90.0 * i)) for i, name in enumerate(inputs)]
    edges: list[Edge] = []
    for number in range(draw(st.integers(1, max_neurons))):
        name = f"n{number + 1}"
        sources = draw(st.lists(st.sampled_from([node.id for node in nodes]), min_size=1, max_size=3, unique=True))
        bias = draw(st.one_of(st.none(), fractions(3)))
        nodes.append(Neuron(name, bias=bias, activation=draw(st.sampled_from(activations))))
        for source in sources:
            edges.append(
                Edge(f"w{len(edges) + 1}", source, name, draw(fractions(3)), draw(st.booleans()), draw(st.booleans()))
            )
    return Network(tuple(nodes), tuple(edges), (Output(nodes[-1].id, target),))


@st.composite
def states(draw: st.DrawFn) -> DocumentState:
    """Whole documents that can be evaluated."""
    rate = draw(st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(1, 20), max_denominator=1000))
    return DocumentState(draw(networks()), draw(datasets()), TrainingSettings(learning_rate=rate))


@dataclass(frozen=True)
class Action:
    """Something a user does: ``choose`` picks what it is done to from the state at hand."""

    name: str
    choose: Callable[[DocumentState, int, Fraction], tuple[object, ...] | None]
    pick: int
    value: Fraction

    def arguments(self, state: DocumentState) -> tuple[object, ...] | None:
        """The arguments of the edit, or ``None`` when the state has nothing to do it to."""
        return self.choose(state, self.pick, self.value)

    @property
    def function(self) -> Callable[..., DocumentState]:
        """The edit."""
        function: Callable[..., DocumentState] = getattr(edits, self.name)
        return function


def _one(items: object, pick: int) -> str | None:
    chosen = list(items)  # type: ignore[call-overload]
    return chosen[pick % len(chosen)] if chosen else None


def _node(state: DocumentState, pick: int, _value: Fraction) -> str | None:
    return _one(state.network.node_by_id, pick)


def _neuron(state: DocumentState, pick: int) -> str | None:
    return _one([neuron.id for neuron in state.network.neurons], pick)


def _edge(state: DocumentState, pick: int) -> str | None:
    return _one(state.network.edge_by_id, pick)


def _with(chosen: object, *more: object) -> tuple[object, ...] | None:
    return None if chosen is None else (chosen, *more)


def _pair(state: DocumentState, pick: int, value: Fraction) -> tuple[object, ...] | None:
    ids = list(state.network.node_by_id)
    return (ids[pick % len(ids)], ids[pick // 7 % len(ids)], value) if ids else None


def _row(state: DocumentState, pick: int, value: Fraction) -> tuple[object, ...] | None:
    column = _one(state.dataset.columns, pick)
    return (pick % state.dataset.n_rows, {column: value}) if state.dataset.n_rows else None


_CHOICES: dict[str, Callable[[DocumentState, int, Fraction], tuple[object, ...] | None]] = {
    "add_input": lambda _s, p, v: (None, (float(p), float(v))),
    "add_neuron": lambda _s, p, v: ((float(v), float(p)), SMOOTH[p % len(SMOOTH)]),
    "add_output": lambda s, p, v: _with(_node(s, p, v)),
    "connect": _pair,
    "disconnect": lambda s, p, _v: _with(_edge(s, p)),
    "delete": lambda s, p, _v: _with(_one([*s.network.node_by_id, *s.network.edge_by_id], p)),
    "duplicate": lambda s, p, v: _with(_node(s, p, v)),
    "insert_on_edge": lambda s, p, _v: _with(_edge(s, p)),
    "insert_layer": lambda s, p, _v: _with([_edge(s, p)] if s.network.edges else None),
    "widen_layer": lambda s, p, _v: _with([_neuron(s, p)] if s.network.neurons else None),
    "narrow_layer": lambda s, p, _v: _with([_neuron(s, p)] if s.network.neurons else None),
    "add_skips": lambda _s, _p, _v: (),
    "collapse_layer": lambda _s, _p, _v: (),
    "set_layer_activation": lambda s, p, _v: _with(
        [_neuron(s, p)] if s.network.neurons else None, SMOOTH[p % len(SMOOTH)]
    ),
    "set_hidden_activation": lambda _s, p, _v: (SMOOTH[p % len(SMOOTH)],),
    "rename": lambda s, p, v: _with(_node(s, p, v), f"name {v}"),
    "move_nodes": lambda s, p, v: _with({_node(s, p, v): (float(v), 1.0)} if s.network.nodes else None),
    "set_weight": lambda s, p, v: _with(_edge(s, p), v),
    "set_bias": lambda s, p, v: _with(_neuron(s, p), v),
    "add_bias": lambda s, p, v: _with(_neuron(s, p), v),
    "remove_bias": lambda s, p, _v: _with(_neuron(s, p)),
    "set_activation": lambda s, p, _v: _with(_neuron(s, p), SMOOTH[p % len(SMOOTH)]),
    "set_muted": lambda s, p, _v: _with(_edge(s, p), p % 2 == 0),
    "set_frozen": lambda s, p, _v: _with(_edge(s, p), p % 2 == 0),
    "move_row": _row,
    "add_row": lambda s, p, v: ({_one(s.dataset.columns, p): v} if s.dataset.columns else {}, None),
    "delete_rows": lambda s, p, _v: ((p % s.dataset.n_rows,),) if s.dataset.n_rows else None,
    "set_learning_rate": lambda _s, _p, v: (v,),
    "set_optimizer": lambda _s, p, _v: (("sgd", "adam", "rmsprop")[p % 3],),
    "set_reduction": lambda _s, p, _v: (("sum", "mean", "half_sum", "half_mean")[p % 4],),
    "set_batch": lambda _s, p, _v: (p % 4,),
    "set_shuffle": lambda _s, p, _v: (p % 2 == 0,),
    "set_seed": lambda _s, p, _v: (p,),
    "rewind": lambda _s, _p, _v: (),
    "new_random_start": lambda _s, _p, _v: (),
}


def actions() -> st.SearchStrategy[Action]:
    """Anything a user can do to a document, on whatever is there when it is done."""
    return st.builds(
        lambda name, pick, value: Action(name, _CHOICES[name], pick, value),
        st.sampled_from(sorted(_CHOICES)),
        st.integers(0, 400),
        fractions(),
    )
