"""The parts of a script that are the same for every network, or nearly so."""

FORWARD = '''def forward(row):
    """z and a of every node in one row of the data: from the inputs to the outputs."""
    a = {node: DATA[column][row] for node, column in INPUTS.items()}
    z = {}
    for node, (activation, _, weights, bias) in NEURONS.items():
        z[node] = sum(parameters[w] * a[source] for w, source in weights.items())
        if bias is not None:
            z[node] += parameters[bias]
        a[node] = activation(z[node])
    return z, a
'''

LOSS = '''def loss_of(z, a, row):
    """The loss of one row, and its derivative at each output."""
    total, slopes = 0, {{}}
    for node, target in OUTPUTS.items():
        y = DATA[target][row]
        total += {value}(z[node], a[node], y)
        slopes[node] = {slope}(z[node], a[node], y)
    return total, slopes
'''

JOINT_LOSS = '''def loss_of(z, a, row):
    """The loss of one row, and its derivative at each output: softmax takes all outputs together."""
    y = [DATA[target][row] for target in OUTPUTS.values()]
    sums = [z[node] for node in OUTPUTS]
    return softmax_cross_entropy(sums, y), dict(zip(OUTPUTS, softmax_cross_entropy_slopes(sums, y)))
'''

PENALTY = """    for w in {weights!r}:
        p = parameters[w]
        loss += L2 / 2 * p * p + L1 * abs(p)
        slopes[w] += L2 * p + L1 * ((p > 0) - (p < 0))
"""

BACKWARD = '''def loss_and_slopes(rows):
    """The loss over some rows ({reduction}), and its derivative by every parameter: from the outputs to the inputs."""
    n = len(rows)
    factor = {factor}
    loss, slopes = 0, dict.fromkeys(parameters, 0)
    for row in rows:
        z, a = forward(row)
        of_row, at_outputs = loss_of(z, a, row)
        loss += factor * of_row
        by_a, by_z = dict.fromkeys(a, 0), dict.fromkeys(z, 0)
        {at_outputs}.update(at_outputs)
        for node in reversed(NEURONS):
            _, slope, weights, bias = NEURONS[node]
            by_z[node] += by_a[node] * slope(z[node], a[node])
            for w, source in weights.items():
                slopes[w] += factor * by_z[node] * a[source]
                by_a[source] += by_z[node] * parameters[w]
            if bias is not None:
                slopes[bias] += factor * by_z[node]
{penalty}    return loss, slopes
'''

STEP = '''def take_step(t):
    """The step after t steps. Every slope is taken before any parameter moves."""
    _, slopes = loss_and_slopes(rows_after(t))
    rate = rate_after(t)
    for name in parameters:
        if name not in FROZEN:
            parameters[name] -= change(name, slopes[name], rate)
    if any(isinstance(p, F) and p.denominator > 10**18 for p in parameters.values()):
        for name in parameters:  # too long to read: from here on they are rounded, as on the screen
            parameters[name] = float(parameters[name])
'''

MAIN = '''def show(number):
    """A fraction with what it is about; only the latter where it is too long to read."""
    if not isinstance(number, F) or number.denominator == 1:
        return str(number)
    short = f"~ {float(number):.6g}"
    return f"{number} {short}" if len(str(number)) <= 25 else short


def report(t):
    """Print what there is to see after t steps."""
    loss, slopes = loss_and_slopes(list(TRAINING_ROWS))
    print(f"step {t}: loss {show(loss)}")
    for name, value in parameters.items():
        print(f"    {name} = {show(value)}, derivative {show(slopes[name])}")


if __name__ == "__main__":
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    report(STEPS_TAKEN)
    for t in range(STEPS_TAKEN, STEPS_TAKEN + steps):
        take_step(t)
        report(t + 1)
'''
