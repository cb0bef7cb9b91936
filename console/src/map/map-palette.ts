/** MapLibre paints on its own canvas and knows no custom properties: the tokens are read once, here. */
export function createPalette() {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: token('--bg-0'),
    panel: token('--bg-1'),
    land: token('--land'),
    water: token('--water'),
    road: token('--road'),
    mainRoad: token('--road-2'),
    border: token('--border'),
    label: token('--ink-2'),
    ink: token('--ink-1'),
    act: token('--act'),
    high: token('--high-fg'),
    med: token('--med-fg'),
    low: token('--low-fg'),
    font: token('--font'),
  } as const;
}
export type Palette = ReturnType<typeof createPalette>;
