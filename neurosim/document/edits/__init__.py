"""Everything that a user can do to a document, as pure functions from state to state, by theme.

Each takes the state first and returns another; what cannot be done raises ``EditError`` with a sentence. A theme is
loaded when the first of its functions is wanted: the program's first picture needs few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from neurosim.late_names import late_names

if TYPE_CHECKING:  # the same names, for who reads types; a test holds both lists together
    from neurosim.document.edits.architecture import (
        Plan,
        draw_architecture,
        set_hidden_activation,
        set_layer_activation,
    )
    from neurosim.document.edits.architecture_layers import (
        add_skips,
        collapse_layer,
        edges_after,
        edges_before,
        insert_layer,
        inserted_ids,
        least_needed,
        narrow_layer,
        plan_collapse,
        widen_layer,
    )
    from neurosim.document.edits.common import EditError
    from neurosim.document.edits.features import (
        add_feature,
        connect_wire,
        disconnect_wire,
        feature_id,
        one_hot,
        read_besides,
        read_through,
        set_feature_setting,
        set_transform,
    )
    from neurosim.document.edits.fitting import (
        fit_classes_to,
        fit_neuron_to,
        round_rate_below,
        standardised,
    )
    from neurosim.document.edits.graph import (
        add_input,
        add_neuron,
        add_output,
        align_nodes,
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
    from neurosim.document.edits.pasting import paste_block
    from neurosim.document.edits.put_back import can_be_put_back
    from neurosim.document.edits.roles import (
        stop_using,
        use_as_input,
        use_as_target,
    )
    from neurosim.document.edits.rows import (
        add_column,
        add_row,
        add_rows,
        delete_column,
        delete_rows,
        move_row,
        rename_column,
        use_dataset,
    )
    from neurosim.document.edits.settings import (
        set_batch,
        set_learning_rate,
        set_loss,
        set_method,
        set_optimizer,
        set_reduction,
        set_regularisation,
        set_schedule,
        set_seed,
        set_shuffle,
        set_stop,
    )
    from neurosim.document.edits.sorting import sort_rows
    from neurosim.document.edits.steps import (
        apply_step,
        at_start,
        new_random_start,
        replace_all,
        rewind,
    )
    from neurosim.document.edits.supply import (
        lacking_columns,
        lacks_data,
        supply_data,
    )
    from neurosim.document.edits.table import (
        clear_cells,
        delete_columns,
        delete_table_rows,
        duplicate_rows,
        fill_down,
        fill_series,
        insert_column,
        insert_rows,
        move_column,
        set_cells,
        set_column_kind,
    )
    from neurosim.document.edits.targets import (
        output_per_class,
        set_target_setting,
        set_target_transform,
    )
    from neurosim.document.edits.testing import Split, mark_rows, split_rows
    from neurosim.document.edits.transforms import classes_in
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

_THEMES = {
    "architecture": "Plan draw_architecture set_hidden_activation set_layer_activation",
    "architecture_layers": (
        "add_skips collapse_layer edges_after edges_before insert_layer inserted_ids least_needed "
        "narrow_layer plan_collapse widen_layer"
    ),
    "common": "EditError",
    "features": (
        "add_feature connect_wire disconnect_wire feature_id one_hot read_besides read_through "
        "set_feature_setting set_transform"
    ),
    "fitting": "fit_classes_to fit_neuron_to round_rate_below standardised",
    "graph": (
        "add_input add_neuron add_output align_nodes connect delete disconnect duplicate duplicate_ids "
        "insert_on_edge move_nodes rename set_positions"
    ),
    "pasting": "paste_block",
    "put_back": "can_be_put_back",
    "roles": "stop_using use_as_input use_as_target",
    "rows": ("add_column add_row add_rows delete_column delete_rows move_row rename_column use_dataset"),
    "settings": (
        "set_batch set_learning_rate set_loss set_method set_optimizer set_reduction set_regularisation "
        "set_schedule set_seed set_shuffle set_stop"
    ),
    "sorting": "sort_rows",
    "steps": "apply_step at_start new_random_start replace_all rewind",
    "supply": "lacking_columns lacks_data supply_data",
    "table": (
        "clear_cells delete_columns delete_table_rows duplicate_rows fill_down fill_series insert_column "
        "insert_rows move_column set_cells set_column_kind"
    ),
    "targets": "output_per_class set_target_setting set_target_transform",
    "testing": "Split mark_rows split_rows",
    "transforms": "classes_in",
    "values": (
        "add_bias remove_bias set_activation set_bias set_frozen set_input_column set_muted set_output_column "
        "set_parameter set_parameters set_weight"
    ),
}
"""The public names by the module that they stand in."""

__getattr__, __dir__ = late_names(__name__, _THEMES)
