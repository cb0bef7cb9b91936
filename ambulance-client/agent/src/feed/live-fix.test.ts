import { expect, test } from 'vitest';
import type { Capture } from '../agent-types.ts';
import { VirtualTime } from '../platform/virtual-time.fixture.ts';
import { liveFix } from './nmea-feed.ts';

const position = { latitudeDeg: 31, longitudeDeg: 121, speedMps: null, headingDeg: null, accuracyM: null };

test('E7: a vehicle clock an hour wrong: a fix of now is of now by that clock, and the server corrects it once', () => {
  const time = new VirtualTime();
  const taken: Capture[] = [];
  const hear = liveFix(
    { agent: { capture: (samples) => void taken.push(...samples) }, clock: time },
    { patientSlot: null, caseId: null },
  );
  const trueMs = time.nowMs() + 3_600_000;
  hear({ measuredAtMs: trueMs, position });
  hear({ measuredAtMs: trueMs, position });
  expect(taken.map(({ measuredAtMs }) => measuredAtMs - Math.round(time.nowMs()))).toEqual([0, 0]);
});
