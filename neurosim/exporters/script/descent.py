"""What a gradient does to a parameter, as a reader of Python would write it: optimizers and schedules."""

from __future__ import annotations

OPTIMIZERS = {
    "plain": '''def change(name, g, rate):
    """What the parameter loses, given its slope g."""
    return rate * g
''',
    "sgd": '''def change(name, g, rate):
    """What the parameter loses, given its slope g: it keeps part of its speed."""
    m = MEMORY[name]
    first = "step" in m and m["step"] == 0
    m["momentum_buffer"] = SETTINGS["momentum"] * m["momentum_buffer"] + (1 if first else 1 - SETTINGS["dampening"]) * g
    if "step" in m:
        m["step"] += 1
    if SETTINGS["nesterov"]:
        return rate * (g + SETTINGS["momentum"] * m["momentum_buffer"])
    return rate * m["momentum_buffer"]
''',
    "adagrad": '''def change(name, g, rate):
    """What the parameter loses, given its slope g."""
    m = MEMORY[name]
    m["sum"] += g * g
    rate = rate / (1 + SETTINGS["lr_decay"] * m["step"])
    m["step"] += 1
    return rate * g / (sqrt(m["sum"]) + SETTINGS["epsilon"])
''',
    "rmsprop": '''def change(name, g, rate):
    """What the parameter loses, given its slope g."""
    m, kept = MEMORY[name], SETTINGS["alpha"]
    m["square_avg"] = kept * m["square_avg"] + (1 - kept) * g * g
    size = m["square_avg"]
    if SETTINGS["centered"]:
        m["grad_avg"] = kept * m["grad_avg"] + (1 - kept) * g
        size = max(size - m["grad_avg"] ** 2, 0)
    g = g / (sqrt(size) + SETTINGS["epsilon"])
    if SETTINGS["momentum"]:
        g = m["momentum_buffer"] = SETTINGS["momentum"] * m["momentum_buffer"] + g
    return rate * g
''',
    "adam": '''def change(name, g, rate):
    """What the parameter loses, given its slope g."""
    m, beta1, beta2 = MEMORY[name], SETTINGS["beta1"], SETTINGS["beta2"]
    m["step"] += 1
    m["exp_avg"] = beta1 * m["exp_avg"] + (1 - beta1) * g
    m["exp_avg_sq"] = beta2 * m["exp_avg_sq"] + (1 - beta2) * g * g
    mean = m["exp_avg"] / (1 - beta1 ** m["step"])
    square = m["exp_avg_sq"] / (1 - beta2 ** m["step"])
    return rate * mean / (sqrt(square) + SETTINGS["epsilon"])
''',
}
"""By the name of the plug-in; ``plain`` is gradient descent without momentum. AdamW is Adam after a decay."""

DECAYED = '''

def change(name, g, rate):
    """What the parameter loses: its share of the decay, and then as Adam has it."""
    return rate * SETTINGS["weight_decay"] * parameters[name] + adam_change(name, g, rate)
'''
NEED_ROOTS = frozenset({"adagrad", "rmsprop", "adam", "adamw"})

SCHEDULES = {
    "step_decay": "SCHEDULE['factor'] ** (t // SCHEDULE['every'])",
    "exponential": "SCHEDULE['factor'] ** t",
    "inverse_time": "1 / (1 + SCHEDULE['decay'] * t)",
    "cosine": "(SCHEDULE['least'] + (1 - SCHEDULE['least']) * (1 + cos(pi * min(t / SCHEDULE['steps'], 1))) / 2)",
    "warm_up": "min(F(t + 1) / SCHEDULE['steps'], 1)",
}
"""What the learning rate is multiplied by after t steps; *constant* needs nothing."""
