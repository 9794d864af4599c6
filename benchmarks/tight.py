"""Tight numpy, written by hand for one shape each: the fewest calls, preallocated, nothing general."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.shapes import Task

Run = Callable[[int], object]


def weights_of(task: Task) -> list[np.ndarray]:
    """Per layer [weights | bias], read off the network that the others train."""
    network = task.network
    below = [node.id for node in network.inputs]
    weight = {(edge.source, edge.target): float(edge.weight) for edge in network.edges}
    layers = []
    while True:
        above = list(dict.fromkeys(edge.target for node in below for edge in network.outgoing[node]))
        if not above:
            return layers
        rows = [[weight[source, target] for source in below] + [0.0] for target in above]
        layers.append(np.array(rows))
        below = above


def linear_neuron(task: Task) -> Run:
    """One linear neuron, mean squared error, all rows at once: six calls."""
    x = np.vstack([task.x, np.ones(task.x.shape[1])])
    y, n = task.y[0], task.x.shape[1]
    theta, g = weights_of(task)[0][0], np.empty(len(x))
    r = np.empty(n)
    scale = np.array(2.0 * float(task.settings.learning_rate) / n)
    dot, subtract, multiply = np.dot, np.subtract, np.multiply

    def run(steps: int) -> float:
        loss = 0.0
        for _ in range(steps):
            dot(theta, x, r)
            subtract(r, y, r)
            loss = dot(r, r)
            dot(x, r, g)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss / n

    return run


def linear_neuron_gram(task: Task) -> Run:
    """The same from the products of the columns: independent of the number of rows."""
    x = np.vstack([task.x, np.ones(task.x.shape[1]), -task.y])
    n = task.x.shape[1]
    gram = x @ x.T / n
    theta = np.append(weights_of(task)[0][0], 1.0)
    g = np.empty(len(theta))
    scale = np.full(len(theta), 2.0 * float(task.settings.learning_rate))
    scale[-1] = 0.0
    dot, subtract, multiply = np.dot, np.subtract, np.multiply

    def run(steps: int) -> float:
        loss = 0.0
        for _ in range(steps):
            dot(gram, theta, g)
            loss = dot(theta, g)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss

    return run


def logistic_neuron(task: Task, chunk: int = 16_000) -> Run:
    """One sigmoid neuron with 0/1 cross-entropy; rows multiplied by the sign of their class, in chunks."""
    x = np.vstack([task.x, np.ones(task.x.shape[1])])
    n = x.shape[1]
    signed = x * (1.0 - 2.0 * task.y)  # u = -z for class 1, z for class 0: loss log(1 + e^u), derivative sigma(u)
    parts = [np.ascontiguousarray(signed[:, i : i + chunk]) for i in range(0, n, chunk)]
    theta = weights_of(task)[0][0]
    width = parts[0].shape[1]
    u, e, s = np.empty(width), np.empty(width), np.empty(width)
    g, part_g = np.empty(len(x)), np.empty(len(x))
    scale = np.array(float(task.settings.learning_rate) / n)
    one = np.array(1.0)
    dot, exp, log, add, divide = np.dot, np.exp, np.log, np.add, np.divide
    multiply, subtract, total = np.multiply, np.subtract, np.add.reduce

    def one_chunk(steps: int) -> float:
        loss, xs = 0.0, parts[0]
        for _ in range(steps):
            dot(theta, xs, u)
            exp(u, e)
            add(e, one, s)
            divide(e, s, e)
            log(s, s)
            loss = total(s)
            dot(xs, e, g)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss / n

    views = [(xs, u[: xs.shape[1]], e[: xs.shape[1]], s[: xs.shape[1]]) for xs in parts]

    def many_chunks(steps: int) -> float:
        loss = 0.0
        for _ in range(steps):
            loss = 0.0
            g.fill(0.0)
            for xs, uu, ee, ss in views:
                dot(theta, xs, uu)
                exp(uu, ee)
                add(ee, one, ss)
                divide(ee, ss, ee)
                log(ss, ss)
                loss += total(ss)
                dot(xs, ee, part_g)
                add(g, part_g, g)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss / n

    return one_chunk if len(parts) == 1 else many_chunks


def tanh_network(task: Task, batch: int | None = None) -> Run:
    """2-8-8-1, tanh throughout, half the mean squared error; batches are views made once."""
    n = task.x.shape[1]
    size = batch or n
    x = np.vstack([task.x, np.ones(n)])
    starts = range(0, n - size + 1, size)
    data = [(np.ascontiguousarray(x[:, i : i + size]), np.ascontiguousarray(task.y[:, i : i + size])) for i in starts]
    weights = weights_of(task)
    theta = np.concatenate([w.ravel() for w in weights])
    g = np.empty_like(theta)
    at = np.cumsum([0] + [w.size for w in weights])
    w1, w2, w3 = (theta[at[i] : at[i + 1]].reshape(weights[i].shape) for i in range(3))
    g1, g2, g3 = (g[at[i] : at[i + 1]].reshape(weights[i].shape) for i in range(3))
    a1, a2, a3 = np.ones((9, size)), np.ones((9, size)), np.empty((1, size))
    h1, h2 = a1[:8], a2[:8]
    d1, d2, d3, t8 = np.empty((8, size)), np.empty((8, size)), np.empty((1, size)), np.empty((8, size))
    b2, b3, a1t, a2t = w2[:, :8].T, w3[:, :8].T, a1.T, a2.T
    r, r1, t1 = np.empty((1, size)), None, np.empty((1, size))
    r1 = r[0]
    scale, one = np.array(float(task.settings.learning_rate) / size), np.array(1.0)
    dot, tanh, subtract, multiply = np.dot, np.tanh, np.subtract, np.multiply

    def run(steps: int) -> float:
        loss, count = 0.0, len(data)
        for step in range(steps):
            xs, y = data[step % count]
            dot(w1, xs, h1)
            tanh(h1, h1)
            dot(w2, a1, h2)
            tanh(h2, h2)
            dot(w3, a2, a3)
            tanh(a3, a3)
            subtract(a3, y, r)
            loss = dot(r1, r1)
            multiply(a3, a3, t1)
            subtract(one, t1, t1)
            multiply(t1, r, d3)
            dot(d3, a2t, g3)
            dot(b3, d3, d2)
            multiply(h2, h2, t8)
            subtract(one, t8, t8)
            multiply(d2, t8, d2)
            dot(d2, a1t, g2)
            dot(b2, d2, d1)
            multiply(h1, h1, t8)
            subtract(one, t8, t8)
            multiply(d1, t8, d1)
            dot(d1, xs.T, g1)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss / (2 * size)

    return run


def relu_network(task: Task, batch: int) -> Run:
    """64-128-64-10, relu, softmax cross-entropy, batches one after another."""
    n = task.x.shape[1]
    x = np.vstack([task.x, np.ones(n)])
    starts = range(0, n - batch + 1, batch)
    data = [(np.ascontiguousarray(x[:, i : i + batch]), np.ascontiguousarray(task.y[:, i : i + batch])) for i in starts]
    weights = weights_of(task)
    theta = np.concatenate([w.ravel() for w in weights])
    g = np.empty_like(theta)
    at = np.cumsum([0] + [w.size for w in weights])
    w1, w2, w3 = (theta[at[i] : at[i + 1]].reshape(weights[i].shape) for i in range(3))
    g1, g2, g3 = (g[at[i] : at[i + 1]].reshape(weights[i].shape) for i in range(3))
    n1, n2, n3 = (len(w) for w in weights)
    a1, a2, p = np.ones((n1 + 1, batch)), np.ones((n2 + 1, batch)), np.empty((n3, batch))
    h1, h2 = a1[:n1], a2[:n2]
    d1, d2, d3 = np.empty((n1, batch)), np.empty((n2, batch)), np.empty((n3, batch))
    m1, m2 = np.empty((n1, batch), dtype=bool), np.empty((n2, batch), dtype=bool)
    b2, b3, a1t, a2t = w2[:, :n1].T, w3[:, :n2].T, a1.T, a2.T
    row, one_row = np.empty(batch), np.empty(batch)
    scale, zero = np.array(float(task.settings.learning_rate) / batch), np.array(0.0)
    dot, maximum, greater, multiply, subtract = np.dot, np.maximum, np.greater, np.multiply, np.subtract
    exp, divide, top, total, log = np.exp, np.divide, np.maximum.reduce, np.add.reduce, np.log

    def run(steps: int) -> float:
        loss, count = 0.0, len(data)
        for step in range(steps):
            xs, y = data[step % count]
            dot(w1, xs, h1)
            maximum(h1, zero, out=h1)
            dot(w2, a1, h2)
            maximum(h2, zero, out=h2)
            dot(w3, a2, p)
            top(p, 0, None, row)
            subtract(p, row, p)
            multiply(p, y, d3)
            loss = -total(d3, None)
            exp(p, p)
            total(p, 0, None, one_row)
            divide(p, one_row, p)
            log(one_row, one_row)
            loss += total(one_row)
            subtract(p, y, d3)
            dot(d3, a2t, g3)
            dot(b3, d3, d2)
            greater(h2, zero, m2)
            multiply(d2, m2, d2)
            dot(d2, a1t, g2)
            dot(b2, d2, d1)
            greater(h1, zero, m1)
            multiply(d1, m1, d1)
            dot(d1, xs.T, g1)
            multiply(g, scale, g)
            subtract(theta, g, theta)
        return loss / batch

    return run
