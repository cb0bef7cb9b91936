/** Boxes in pixels of the map's own frame. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const sides = ['right', 'left', 'below', 'above'] as const;
export type Side = (typeof sides)[number];

export interface TaggedPin {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const PIN_RADIUS = 24;
const TAG_HEIGHT = 24;
/** So much less overlap, in square pixels, is worth a move: a tag does not hop about for a hair. */
const WORTH_A_MOVE = 260;

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

/** Width of a line of 12 px text: a CJK character is square, others are a little over half. */
export function textWidth(text: string, sizePx = 12): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e80 ? 1 : 0.6) * sizePx, 0);
}

function tagBox(pin: TaggedPin, side: Side): Box {
  const width = textWidth(pin.text) + 20;
  const beside = { top: pin.y - TAG_HEIGHT / 2, width, height: TAG_HEIGHT };
  if (side === 'right') return { ...beside, left: pin.x + PIN_RADIUS + 4 };
  if (side === 'left') return { ...beside, left: pin.x - PIN_RADIUS - 4 - width };
  const top = side === 'below' ? pin.y + PIN_RADIUS + 6 : pin.y - PIN_RADIUS - 6 - TAG_HEIGHT;
  return { left: pin.x - width / 2, top, width, height: TAG_HEIGHT };
}

const pinBox = (pin: TaggedPin): Box => ({
  left: pin.x - PIN_RADIUS,
  top: pin.y - PIN_RADIUS,
  width: PIN_RADIUS * 2,
  height: PIN_RADIUS * 2,
});

/**
 * Which side of its pin each tag stands on: greedy, in the order given (the most urgent first), with the least cover
 * of other pins, tags and hospital names, and inside the map's frame.
 */
export function placeTags(
  pins: readonly TaggedPin[],
  obstacles: readonly Box[],
  frame: Box,
  before: Readonly<Record<string, Side>>,
): Record<string, Side> {
  const placed: Box[] = [...obstacles];
  const chosen: Record<string, Side> = {};
  for (const pin of pins) {
    const others = pins.filter((each) => each !== pin).map(pinBox);
    const cover = (side: Side): number => {
      const box = tagBox(pin, side);
      const outside = Math.round(box.width * box.height - overlap(box, frame));
      return [...placed, ...others].reduce((sum, each) => sum + overlap(box, each), outside);
    };
    const best = sides.reduce((least, side) => (cover(side) < cover(least) ? side : least));
    const old = before[pin.key];
    const side = old !== undefined && cover(old) - cover(best) < WORTH_A_MOVE ? old : best;
    chosen[pin.key] = side;
    placed.push(tagBox(pin, side));
  }
  return chosen;
}
