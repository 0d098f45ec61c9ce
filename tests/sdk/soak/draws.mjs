// Random draws that are the same in each run with the same seed: mulberry32, 32 bits of state.

export class Draws {
  constructor(seed) {
    this.state = Math.imul(seed, 2_654_435_761);
  }

  /** A whole number below `bound`. */
  below(bound) {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** True once in `n` times. */
  oneIn(n) {
    return this.below(n) === 0;
  }

  /** Some of the members of a list, in order. */
  some(list, most) {
    const from = this.below(list.length);
    return list.slice(from, from + 1 + this.below(most));
  }
}
