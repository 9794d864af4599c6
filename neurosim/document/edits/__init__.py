"""Everything that a user can do to a document, as pure functions from state to state, by theme.

Each takes the state first and returns another; what cannot be done raises ``EditError`` with a sentence.
"""

from __future__ import annotations

from neurosim.document.edits.architecture import Plan, draw_architecture, set_hidden_activation, set_layer_activation
from neurosim.document.edits.architecture_layers import (
    add_skips,
    collapse_layer,
    insert_layer,
    narrow_layer,
    widen_layer,
)
from neurosim.document.edits.common import EditError
from neurosim.document.edits.fitting import fit_neuron_to
from neurosim.document.edits.graph import (
    add_input,
    add_neuron,
    add_output,
    connect,
    delete,
    disconnect,
    duplicate,
    duplicate_ids,
    insert_on_edge,
    move_nodes,
    rename,
    set_positions,
)
from neurosim.document.edits.rows import (
    add_column,
    add_row,
    delete_column,
    delete_rows,
    move_row,
    move_rows,
    rename_column,
    set_test_rows,
    use_dataset,
)
from neurosim.document.edits.settings import (
    set_batch,
    set_learning_rate,
    set_loss,
    set_optimizer,
    set_reduction,
    set_regularisation,
    set_seed,
    set_shuffle,
)
from neurosim.document.edits.steps import apply_step, new_random_start, replace_all, rewind
from neurosim.document.edits.supply import lacking_columns, lacks_data, supply_data
from neurosim.document.edits.values import (
    add_bias,
    remove_bias,
    set_activation,
    set_bias,
    set_frozen,
    set_input_column,
    set_muted,
    set_output_column,
    set_parameter,
    set_parameters,
    set_weight,
)

__all__ = [
    "EditError",
    "Plan",
    "add_bias",
    "add_column",
    "add_input",
    "add_neuron",
    "add_output",
    "add_row",
    "add_skips",
    "apply_step",
    "collapse_layer",
    "connect",
    "delete",
    "delete_column",
    "delete_rows",
    "disconnect",
    "draw_architecture",
    "duplicate",
    "duplicate_ids",
    "fit_neuron_to",
    "insert_layer",
    "insert_on_edge",
    "lacking_columns",
    "lacks_data",
    "move_nodes",
    "move_row",
    "move_rows",
    "narrow_layer",
    "new_random_start",
    "remove_bias",
    "rename",
    "rename_column",
    "replace_all",
    "rewind",
    "set_activation",
    "set_batch",
    "set_bias",
    "set_frozen",
    "set_hidden_activation",
    "set_input_column",
    "set_layer_activation",
    "set_learning_rate",
    "set_loss",
    "set_muted",
    "set_optimizer",
    "set_output_column",
    "set_parameter",
    "set_parameters",
    "set_positions",
    "set_reduction",
    "set_regularisation",
    "set_seed",
    "set_shuffle",
    "set_test_rows",
    "set_weight",
    "supply_data",
    "use_dataset",
    "widen_layer",
]
