"""Writes the script: data, network, functions, the way forward, the way back, the step."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim import __version__
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.exact_pass import is_hand_sized
from neurosim.engine.network import InputNode, Network, Neuron, bias_id
from neurosim.engine.optimizers import OPTIMIZERS as KNOWN_OPTIMIZERS
from neurosim.engine.readiness import training_problem
from neurosim.engine.representation import represented
from neurosim.engine.schedules import SCHEDULES as KNOWN_SCHEDULES
from neurosim.engine.settings import TrainingSettings
from neurosim.exporters.script.descent import DECAYED, NEED_ROOTS, OPTIMIZERS, SCHEDULES
from neurosim.exporters.script.functions import ACTIVATIONS, LOSSES, Source
from neurosim.exporters.script.naming import Naming
from neurosim.exporters.script.numbers import literal, table
from neurosim.exporters.script.parts import BACKWARD, FORWARD, JOINT_LOSS, LOSS, MAIN, PENALTY, STEP
from neurosim.numbers.exact import Number

_REDUCED = {"mean": "their mean", "half_mean": "half their mean", "sum": "their sum", "half_sum": "half their sum"}


class ScriptError(ValueError):
    """The document cannot be written as a script; the message is a sentence for the user."""


def python_script(state: DocumentState, name: str) -> str:
    """*state* as a program that needs nothing but Python, and prints the numbers that are on the screen.

    Args:
        state: the document; its training goes on from where it stands.
        name: what it is called, for the heading.

    Raises:
        ScriptError: it cannot be trained, or with a method or plug-in that has no form in plain Python.
    """
    problem = training_problem(state.network, state.dataset, state.training) or _missing(state)
    if problem is not None:
        raise ScriptError(problem)
    return _Script(state, name).text()


def _missing(state: DocumentState) -> str | None:
    training = state.training
    if training.method != "gradient_descent":
        return "Only gradient descent can be written as a script; choose it as the method of training."
    for kind, known, used in (
        ("activation", ACTIVATIONS, {neuron.activation for neuron in state.network.neurons}),
        ("loss", LOSSES, {training.loss}),
        ("optimizer", {**OPTIMIZERS, "adamw": ""}, {training.optimizer.name}),
        ("schedule", {**SCHEDULES, "constant": ""}, {training.schedule.name}),
    ):
        for name in sorted(used - known.keys()):
            return f"The {kind} {name} has no form in plain Python; choose another one to export the script."
    for output in state.network.outputs:
        if not isinstance(state.network.node_by_id[output.node], Neuron):
            title = state.network.title(output.node)
            return f"The output {title} is an input itself and no neuron; put a neuron before it to export the script."
    return None


class _Script:
    """One script on its way."""

    def __init__(self, state: DocumentState, name: str) -> None:
        self._name = name
        self._network: Network = state.network
        self._dataset: Dataset = represented(state.network, state.dataset)
        self._training: TrainingSettings = state.training
        self._naming = Naming(self._network)
        self._worked_out = _worked_out(self._network, self._dataset)
        self._exact = is_hand_sized(self._network, self._dataset)
        options = KNOWN_OPTIMIZERS[self._training.optimizer.name]
        self._optimizer = options.complete(self._training.optimizer.settings)
        self._plain = options.is_plain(self._optimizer)
        self._memory = () if self._plain else options.state_names(self._optimizer)

    def text(self) -> str:
        """The whole of it."""
        parts = [
            self._heading(),
            self._data(),
            self._parameters(),
            self._functions(),
            self._graph(),
            FORWARD,
            JOINT_LOSS if self._joint else LOSS.format(value=self._loss.value, slope=self._loss.slope),
            self._objective(),
            self._change(),
            self._rate(),
            self._rows(),
            STEP,
            MAIN,
        ]
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)

    # -- what is given ---------------------------------------------------------------------------------------------

    def _heading(self) -> str:
        names = sorted({name for source in self._sources() for name in source.imports} | self._more_names())
        imports = ["import sys", "from fractions import Fraction as F"]
        if names:
            imports.append(f"from math import {', '.join(names)}")
        if self._shuffles:
            imports.append("\nimport numpy  # its generator draws the order of the rows")
        exact = (
            "The numbers are fractions as long as the arithmetic is rational, and exactly those on the screen."
            if self._exact
            else "The numbers are floats, and those on the screen to the last few digits of a float."
        )
        return (
            f'"""{_quoted(self._name)}: its training in plain Python, as neurosim {__version__} does it.\n\n'
            "    python THIS_FILE [STEPS]\n\n"
            "prints the loss, its derivative by each parameter, and the parameters, now and after each of STEPS steps "
            f'(1).\n{exact}\n"""\n\n' + "\n".join(imports) + "\n"
        )

    def _more_names(self) -> set[str]:
        names = {"sqrt"} if self._training.optimizer.name in NEED_ROOTS else set()
        return names | ({"cos", "pi"} if self._training.schedule.name == "cosine" else set())

    def _data(self) -> str:
        columns = {}
        known = self._worked_out
        wanted = [node.column for node in self._network.nodes if not isinstance(node, Neuron) and node.id in known]
        wanted += [output.target for output in self._network.outputs if output.target is not None]
        for column in dict.fromkeys(wanted):
            numbers = self._dataset.columns[column]
            values: list[Number] = list(numbers.numbers) if numbers.numbers is not None else numbers.floats.tolist()
            columns[self._naming.column(column)] = f"[{', '.join(self._literal(value) for value in values)}]"
        heading = "# The data: a list for each column."
        if self._network.features:
            heading += " Calculated columns are here as they were calculated."
        text = f"{heading}\nDATA = {table(columns)}\n"
        test = set(self._dataset.test_rows)
        kept = [row for row in range(self._dataset.n_rows) if row not in test]
        rows = f"range({self._dataset.n_rows})" if not test else repr(kept)
        return f"{text}TRAINING_ROWS = {rows}\n"

    def _parameters(self) -> str:
        training = self._training
        live = self._worked_out
        resting = {edge.id for edge in self._network.edges if edge.muted or edge.target not in live}
        resting |= {bias_id(neuron.id) for neuron in self._network.neurons if neuron.muted or neuron.id not in live}
        values = {
            self._naming.parameter(name): self._literal(value) for name, value in self._network.parameters.items()
        }
        frozen = [
            self._naming.parameter(name)
            for name, moves in self._network.trainable.items()
            if not moves or name in resting
        ]
        lines = [
            "# The parameters as they are now, after STEPS_TAKEN steps.",
            f"parameters = {table(values)}",
            f"FROZEN = {set(frozen)!r}" if frozen else "FROZEN = set()",
            f"STEPS_TAKEN = {training.step}",
            f"LEARNING_RATE = {self._literal(training.learning_rate)}",
        ]
        if not self._plain:
            options = {name: self._literal(value) for name, value in self._optimizer.items()}
            lines.append(f"SETTINGS = {table(options)}")
            lines.append("# What the optimizer remembers of each parameter.")
            lines.append(f"MEMORY = {table(self._memories())}")
        if training.schedule.name != "constant":
            chosen = KNOWN_SCHEDULES[training.schedule.name].complete(training.schedule.settings)
            options = {
                name: str(int(value)) if name in {"steps", "every"} else self._literal(value)
                for name, value in chosen.items()
            }
            lines.append(f"SCHEDULE = {table(options)}")
        if training.l1 or training.l2:
            lines.append(f"L1, L2 = {self._literal(training.l1)}, {self._literal(training.l2)}")
        return "\n".join(lines)

    def _memories(self) -> dict[str, str]:
        saved: Mapping[str, Mapping[str, Number]] = self._training.optimizer_state or {}
        found = {}
        for name, moves in self._network.trainable.items():
            if moves:
                parts = {part: self._literal(saved.get(part, {}).get(name, 0)) for part in self._memory}
                inside = ", ".join(f"{part!r}: {value}" for part, value in parts.items())
                found[self._naming.parameter(name)] = f"{{{inside}}}"
        return found

    def _graph(self) -> str:
        inputs, neurons = {}, {}
        for name in self._network.order:
            if name not in self._worked_out:
                continue
            node = self._network.node_by_id[name]
            title = self._naming.node(name)
            if not isinstance(node, Neuron):
                comment = "" if isinstance(node, InputNode) else "  # calculated"
                inputs[title] = f"{self._naming.column(node.column)!r},{comment}"
                continue
            source = ACTIVATIONS[node.activation]
            edges = ", ".join(
                f"{self._naming.parameter(edge.id)!r}: {self._naming.node(edge.source)!r}"
                for edge in self._network.incoming[name]
                if not edge.muted
            )
            biased = node.bias is not None and not node.muted
            bias = repr(self._naming.parameter(bias_id(name))) if biased else "None"
            neurons[title] = f"({source.value}, {source.slope}, {{{edges}}}, {bias})"
        outputs = {
            self._naming.node(output.node): repr(self._naming.column(output.target))
            for output in self._network.outputs
            if output.target is not None
        }
        lines = "".join(f"    {name!r}: {value}\n" for name, value in inputs.items())
        return (
            "# The network: which column each input is; the neurons in the order in which they are worked out, each\n"
            "# with its activation, the slope of it, the weights and where they come from, the bias; and with which\n"
            "# column each output is compared.\n"
            f"INPUTS = {{\n{lines}}}\n"
            f"NEURONS = {table(neurons)}\n"
            f"OUTPUTS = {table(outputs)}\n"
        )

    # -- what is done ----------------------------------------------------------------------------------------------

    @property
    def _loss(self) -> Source:
        return LOSSES[self._training.loss]

    @property
    def _joint(self) -> bool:
        return self._training.loss == "softmax_cross_entropy"

    @property
    def _shuffles(self) -> bool:
        return self._training.shuffle and self._training.batch_size is not None

    def _sources(self) -> list[Source]:
        used = dict.fromkeys(neuron.activation for neuron in self._network.neurons)
        return [*(ACTIVATIONS[name] for name in used), self._loss]

    def _functions(self) -> str:
        """Each function once, whoever else needs it."""
        pieces: dict[str, None] = {}
        for source in self._sources():
            for piece in source.code.split("\n\n\n"):
                pieces.setdefault(piece.strip("\n"))
        return "\n\n\n".join(pieces) + "\n"

    def _objective(self) -> str:
        factors = {"mean": "F(1, n)", "half_mean": "F(1, 2 * n)", "sum": "F(1)", "half_sum": "F(1, 2)"}
        factor = factors[self._training.reduction]
        if not self._exact:
            factor = {"F(1, n)": "1 / n", "F(1, 2 * n)": "1 / (2 * n)", "F(1)": "1", "F(1, 2)": "0.5"}[factor]
        penalty = ""
        if self._training.l1 or self._training.l2:
            weights = [
                self._naming.parameter(edge.id)
                for edge in self._network.edges
                if not edge.muted and edge.target in self._worked_out
            ]
            penalty = PENALTY.format(weights=weights)
        by_z = self._joint or self._training.loss == "cross_entropy"
        return BACKWARD.format(
            factor=factor,
            reduction=_REDUCED[self._training.reduction],
            penalty=penalty,
            at_outputs="by_z" if by_z else "by_a",
        )

    def _change(self) -> str:
        if self._plain:
            return OPTIMIZERS["plain"]
        if self._training.optimizer.name == "adamw":
            return OPTIMIZERS["adam"].replace("def change(", "def adam_change(") + DECAYED
        return OPTIMIZERS[self._training.optimizer.name]

    def _rate(self) -> str:
        name = self._training.schedule.name
        product = "LEARNING_RATE" if name == "constant" else f"LEARNING_RATE * {SCHEDULES[name]}"
        return f'def rate_after(t):\n    """The learning rate of the step after t steps."""\n    return {product}\n'

    def _rows(self) -> str:
        size = self._training.batch_size
        head = 'def rows_after(t):\n    """The rows that the step after t steps reads."""\n'
        if size is None:
            return f"{head}    return list(TRAINING_ROWS)\n"
        order = "list(TRAINING_ROWS)"
        if self._shuffles:
            drawn = f"numpy.random.default_rng([{self._training.seed}, epoch]).permutation(len(TRAINING_ROWS))"
            order = f"[TRAINING_ROWS[place] for place in {drawn}]"
        return (
            f"{head}    size, n = {size}, len(TRAINING_ROWS)\n"
            "    epoch, batch = divmod(t, -(-n // size))\n"
            f"    order = {order} if size < n else list(TRAINING_ROWS)\n"
            "    return order[batch * size : (batch + 1) * size]\n"
        )

    def _literal(self, number: Number | bool) -> str:
        return literal(number, exact=self._exact)


def _worked_out(network: Network, dataset: Dataset) -> frozenset[str]:
    """The nodes that have a value: a stump without data, and what it feeds, reaches no output and is left out."""
    known: set[str] = set()
    for name in network.order:
        node = network.node_by_id[name]
        if isinstance(node, Neuron):
            if all(edge.source in known for edge in network.incoming[name] if not edge.muted):
                known.add(name)
        elif node.column in dataset.columns:
            known.add(name)
    return frozenset(known)


def _quoted(name: str) -> str:
    return name.replace("\\", "/").replace('"', "'")
