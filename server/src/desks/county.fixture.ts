import type { Specialty } from '@pentad/protocol/center';
import { deskIdOf, hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import { desk, hospital } from '@pentad/protocol/testing/view-builders';
import { Directory } from './directory.ts';

interface Place {
  readonly latitudeDeg: number;
  readonly serves: readonly Specialty[];
}

/**
 * Three hospitals on one meridian, south to north, one desk each. Nobody takes neonates; only the third takes
 * maternal, only the second trauma.
 */
const places: readonly Place[] = [
  { latitudeDeg: 30.2, serves: ['chest-pain', 'stroke', 'emergency'] },
  { latitudeDeg: 30.4, serves: ['chest-pain', 'trauma', 'emergency'] },
  { latitudeDeg: 30.8, serves: ['stroke', 'maternal', 'emergency'] },
];

export const county = new Directory(
  places.map(({ latitudeDeg, serves }, index) =>
    hospital({
      hospitalId: hospitalIdOf(index + 1),
      latitudeDeg,
      centers: serves.map((specialty) => ({ specialty, level: null })),
      desks: [desk({ deskId: deskIdOf(index + 1), hospitalId: hospitalIdOf(index + 1), serves: [...serves] })],
    }),
  ),
);

export const southOfAll = { latitudeDeg: 30.1, longitudeDeg: 120.16 };
export const northOfAll = { latitudeDeg: 30.9, longitudeDeg: 120.16 };
