import * as v from 'valibot';

/** The lanes whose items are journalled and receipted. */
export const Lane = v.picklist(['evt', 'vit', 'pos', 'wav', 'med']);
export type Lane = v.InferOutput<typeof Lane>;
export const lanes = Lane.options;

/** Backlog roads: the same item by another road. Keys and receipts name the lane, never the road. */
export const backlogRoad = { vit: 'bkv', wav: 'bkw', pos: 'bkp' } as const;
export type Road = Lane | (typeof backlogRoad)[keyof typeof backlogRoad];
export const roads = ['evt', 'vit', 'pos', 'wav', 'med', 'bkv', 'bkw', 'bkp'] as const satisfies readonly Road[];

const laneOfRoad: Record<Road, Lane> = {
  evt: 'evt',
  vit: 'vit',
  pos: 'pos',
  wav: 'wav',
  med: 'med',
  bkv: 'vit',
  bkw: 'wav',
  bkp: 'pos',
};
export const isRoad = (text: string): text is Road => Object.hasOwn(laneOfRoad, text);
export const laneOf = (road: Road): Lane => laneOfRoad[road];
