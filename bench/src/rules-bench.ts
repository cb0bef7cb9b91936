// npm run bench:rules [-- --json]: what the rules cost for each new sample of a case with 30 minutes of 1 Hz vitals.
import { CaseWatch } from '@pentad/clinical/case-watch';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import type { Sample } from '@pentad/clinical/stream-history';
import type { CaseState } from '@pentad/protocol/case-state';
import { benchCases, START_MS } from './rules/bench-cases.ts';
import { costs, type Costs } from './rules/costs.ts';

const WARM_S = 1800;
const MEASURED_S = 3600;
/** Issue 4: 50 us a sample or less. */
const goalUs = 50;

function sampleAt(second: number): Sample {
  const measuredAtMs = START_MS + second * 1000;
  return {
    measuredAtMs,
    vitals: {
      heartRateBpm: 80 + (second % 7),
      pulseRateBpm: 80 + (second % 5),
      respiratoryRatePerMin: 16 + (second % 3),
      spo2Percent: 97 - (second % 2),
      systolicMmHg: 120,
      diastolicMmHg: 80,
      meanMmHg: 93,
      temperatureC: 36.6,
      etco2MmHg: null,
      fio2Percent: null,
    },
    times: { bloodPressureAtMs: START_MS + (second - (second % 300)) * 1000, temperatureAtMs: measuredAtMs },
  };
}

/** The floor: reading the frame, which nobody who uses it can leave out. */
const readingCost = (): Costs =>
  costs(
    MEASURED_S,
    (second) => JSON.stringify(sampleAt(second)),
    (frame) => void JSON.parse(frame),
  );

function evaluationCost(state: CaseState): Costs {
  const watch = new CaseWatch(ruleSet);
  const judge = (sample: Sample): void => {
    watch.observe(sample);
    watch.evaluate(state, sample.measuredAtMs);
  };
  for (let second = 0; second < WARM_S; second += 1) judge(sampleAt(second));
  return costs(MEASURED_S, (second) => sampleAt(WARM_S + second), judge);
}

const floor = readingCost();
const rows = benchCases.map(({ name, state }) => ({ name, ...evaluationCost(state) }));
const isMet = rows.every(({ medianUs }) => medianUs <= goalUs);

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ rules: ruleSet.rules.length, floor, rows, goalUs, isMet })}\n`);
} else {
  process.stdout.write(`${ruleSet.rules.length} rules; reading a frame ${floor.medianUs.toFixed(1)} us\n`);
  for (const { name, medianUs, p99Us } of rows) {
    const ratio = (medianUs / floor.medianUs).toFixed(1);
    process.stdout.write(
      `${name.padEnd(24)} median ${medianUs.toFixed(1)} us (${ratio}x), p99 ${p99Us.toFixed(1)} us\n`,
    );
  }
  process.stdout.write(`goal: median of each case <= ${goalUs} us: ${isMet ? 'met' : 'missed'}\n`);
}
process.exitCode = isMet ? 0 : 1;
