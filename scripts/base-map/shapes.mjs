/** Plane geometry of the base map: curves, roughness, clipping, thinning. Points are [x, y]. */

/** A fixed sequence in [0, 1): the map must come out the same each time. */
export function sequence(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Midpoints shifted sideways by up to `share` of the segment, so that a bank or border is not a ruler's. */
export function roughened(points, isClosed, share, random) {
  const out = [];
  points.forEach(([x, y], i) => {
    out.push([x, y]);
    const next = points[i + 1] ?? (isClosed ? points[0] : undefined);
    if (next === undefined) return;
    const shift = (random() * 2 - 1) * share;
    out.push([(x + next[0]) / 2 - (next[1] - y) * shift, (y + next[1]) / 2 + (next[0] - x) * shift]);
  });
  return out;
}

/** Catmull-Rom curve through all points, `steps` pieces a segment. */
export function curved(points, isClosed, steps) {
  const n = points.length;
  const at = (i) => (isClosed ? points[(i + n) % n] : points[Math.max(0, Math.min(n - 1, i))]);
  const out = [];
  for (let i = 0; i < (isClosed ? n : n - 1); i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < steps; k++) {
      const t = k / steps;
      out.push(
        [0, 1].map(
          (j) =>
            0.5 *
            (2 * b[j] +
              (c[j] - a[j]) * t +
              (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t ** 2 +
              (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t ** 3),
        ),
      );
    }
  }
  out.push(isClosed ? out[0] : at(n - 1));
  return out;
}

/** Douglas-Peucker. */
export function thinned(points, tolerance) {
  if (points.length < 3) return points;
  const [a, b] = [points[0], points.at(-1)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let [worst, index] = [0, 0];
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = [points[i][0] - a[0], points[i][1] - a[1]];
    const away = length === 0 ? Math.hypot(x, y) : Math.abs(x * (b[1] - a[1]) - y * (b[0] - a[0])) / length;
    if (away > worst) [worst, index] = [away, i];
  }
  if (worst <= tolerance) return [a, b];
  return [...thinned(points.slice(0, index + 1), tolerance).slice(0, -1), ...thinned(points.slice(index), tolerance)];
}

/** Sutherland-Hodgman: the part of a ring inside [west, south, east, north]. */
export function clippedRing(ring, [west, south, east, north]) {
  const edges = [
    [0, west, 1],
    [0, east, -1],
    [1, south, 1],
    [1, north, -1],
  ];
  return edges.reduce((points, [axis, limit, sign]) => {
    const isIn = (point) => (point[axis] - limit) * sign >= 0;
    return points.flatMap((point, i) => {
      const before = points.at(i - 1);
      if (isIn(point) === isIn(before)) return isIn(point) ? [point] : [];
      const t = (limit - before[axis]) / (point[axis] - before[axis]);
      const crossing = [0, 1].map((j) => before[j] + t * (point[j] - before[j]));
      return isIn(point) ? [crossing, point] : [crossing];
    });
  }, ring);
}

/** The stretches of a line inside the box, cut at its points. */
export function clippedLine(points, [west, south, east, north]) {
  const parts = [[]];
  for (const [x, y] of points) {
    if (x >= west && x <= east && y >= south && y <= north) parts.at(-1).push([x, y]);
    else if (parts.at(-1).length > 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}
