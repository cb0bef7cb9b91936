/** Microseconds of one call. */
export interface Costs {
  readonly medianUs: number;
  readonly p99Us: number;
}

/** Times `call` alone, `count` times; what it is called with is made beforehand. */
export function costs<T>(count: number, made: (index: number) => T, call: (input: T) => void): Costs {
  const inputs = Array.from({ length: count }, (_, index) => made(index));
  const micros = inputs.map((input) => {
    const fromNs = process.hrtime.bigint();
    call(input);
    return Number(process.hrtime.bigint() - fromNs) / 1000;
  });
  micros.sort((a, b) => a - b);
  return { medianUs: micros[Math.floor(count / 2)] ?? 0, p99Us: micros[Math.floor(count * 0.99)] ?? 0 };
}
