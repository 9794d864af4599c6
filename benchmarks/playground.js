// A network of objects, evaluated node by node and sample by sample, as TensorFlow Playground does it (own code).
"use strict";

class Link {
  constructor(from, to, weight) {
    Object.assign(this, { from, to, weight, slope: 0, slopeSum: 0, count: 0 });
  }
}

class Unit {
  constructor(index, activation) {
    Object.assign(this, { index, activation, ins: [], outs: [], bias: 0, sum: 0, value: 0, dValue: 0, dSum: 0, dSumTotal: 0, count: 0 });
  }
  update() {
    this.sum = this.bias;
    for (let i = 0; i < this.ins.length; i++) {
      const link = this.ins[i];
      this.sum += link.weight * link.from.value;
    }
    this.value = this.activation.value(this.sum);
    return this.value;
  }
}

const tanh = { value: Math.tanh, slope: (z) => { const a = Math.tanh(z); return 1 - a * a; } };
const linear = { value: (z) => z, slope: () => 1 };

function build(sizes, weights, hidden, output) {
  const layers = [];
  for (let d = 0; d < sizes.length; d++) {
    const layer = [];
    for (let i = 0; i < sizes[d]; i++) {
      const unit = new Unit(i, d === sizes.length - 1 ? output : hidden);
      layer.push(unit);
      if (d > 0) {
        for (const from of layers[d - 1]) {
          const link = new Link(from, unit, weights[d - 1][i][from.index]);
          from.outs.push(link);
          unit.ins.push(link);
        }
      }
    }
    layers.push(layer);
  }
  return layers;
}

function forward(layers, inputs) {
  for (let i = 0; i < inputs.length; i++) layers[0][i].value = inputs[i];
  for (let d = 1; d < layers.length; d++) {
    const layer = layers[d];
    for (let i = 0; i < layer.length; i++) layer[i].update();
  }
  return layers[layers.length - 1][0].value;
}

function backward(layers, target) {
  const last = layers[layers.length - 1][0];
  last.dValue = last.value - target;
  for (let d = layers.length - 1; d >= 1; d--) {
    const layer = layers[d];
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      unit.dSum = unit.dValue * unit.activation.slope(unit.sum);
      unit.dSumTotal += unit.dSum;
      unit.count++;
    }
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      for (let j = 0; j < unit.ins.length; j++) {
        const link = unit.ins[j];
        link.slope = unit.dSum * link.from.value;
        link.slopeSum += link.slope;
        link.count++;
      }
    }
    if (d === 1) continue;
    const below = layers[d - 1];
    for (let i = 0; i < below.length; i++) {
      const unit = below[i];
      unit.dValue = 0;
      for (let j = 0; j < unit.outs.length; j++) unit.dValue += unit.outs[j].weight * unit.outs[j].to.dSum;
    }
  }
}

function step(layers, rate) {
  for (let d = 1; d < layers.length; d++) {
    const layer = layers[d];
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      if (unit.count > 0) {
        unit.bias -= (rate * unit.dSumTotal) / unit.count;
        unit.dSumTotal = 0;
        unit.count = 0;
      }
      for (let j = 0; j < unit.ins.length; j++) {
        const link = unit.ins[j];
        if (link.count > 0) {
          link.weight -= (rate / link.count) * link.slopeSum;
          link.slopeSum = 0;
          link.count = 0;
        }
      }
    }
  }
}

const { weights, inputs, targets, rate, batch } = JSON.parse(process.argv[2]);
const sizes = [inputs[0].length, ...weights.map((layer) => layer.length)];
const rows = inputs.length;
const layers = build(sizes, weights, tanh, sizes.length > 2 ? tanh : linear);
let next = 0;
let shown = 0;

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const begin = process.cpuUsage();
  for (let k = 0; k < Number(line); k++) {
    let loss = 0;
    for (let i = 0; i < batch; i++) {
      const output = forward(layers, inputs[next]);
      const error = output - targets[next];
      loss += 0.5 * error * error;
      backward(layers, targets[next]);
      next = (next + 1) % rows;
    }
    step(layers, rate);
    shown = loss / batch;
  }
  const { user, system } = process.cpuUsage(begin);
  process.stdout.write(`${user + system} ${shown}\n`);
});
