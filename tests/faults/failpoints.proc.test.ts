import { afterAll, beforeAll, expect, test } from 'vitest';
import { failpointNames, type FailpointName } from '../../server/src/platform/failpoint.ts';
import { crashScene, type CrashScene } from '../support/crash-scene.ts';
import { expectHealed } from '../support/invariants.ts';
import { makeNextStepDue } from '../support/ladder-clock.ts';
import { allShardsHeld, shardHolders } from '../support/region.ts';
import { startRegionPostgres, type RegionPostgres } from '../support/region-postgres.ts';
import { takeTurns } from '../support/wait-until.ts';

let postgres: RegionPostgres;
beforeAll(async () => {
  postgres = await startRegionPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** Each crash has a region of its own and mostly waits for a lease to run out; so many at a time fit one PostgreSQL. */
const inTurn = takeTurns(4);
const CRASH_WITHIN_MS = 240_000;

interface Crash {
  readonly fault: string;
  /** Done by a healthy server before the one that will die takes its place. */
  readonly prepare?: (scene: CrashScene) => Promise<void>;
  /** Brings the server to the failpoint. Resolves whether or not it survives. */
  readonly provoke: (scene: CrashScene) => Promise<void>;
}

// The reading that makes the rule fire is alone in its batch: the crash falls between its COMMIT and the alert.
const vitals: Crash = {
  fault: 'P1 N7 N8',
  prepare: (scene) => scene.storeFirstReading(),
  provoke: (scene) => Promise.resolve(scene.fireRule()),
};
const alert: Crash = {
  fault: 'P1 N7 N8',
  provoke: async (scene) => {
    await scene.storeFirstReading();
    scene.fireRule();
  },
};
const event: Crash = {
  fault: 'P1 N7 N8',
  prepare: (scene) => scene.openCase(),
  provoke: (scene) => Promise.resolve(scene.press()),
};
const receipt: Crash = {
  fault: 'P1 N9',
  provoke: (scene) => {
    scene.vehicle.capture.openCase(scene.caseId);
    return Promise.resolve(scene.press());
  },
};
const answer: Crash = {
  fault: 'P1 P8 L5',
  provoke: async (scene) => {
    await scene.ring();
    await scene.accept();
  },
};
const step: Crash = {
  fault: 'P1 P12 P13',
  provoke: async (scene) => {
    await scene.ring();
    await makeNextStepDue(scene.region, await scene.preAlertId());
  },
};

const crashes: Record<FailpointName, Crash> = {
  'telemetry.before-commit': vitals,
  'telemetry.after-commit': vitals,
  'alert.before-commit': alert,
  'alert.after-commit': alert,
  'event.before-commit': event,
  'event.after-commit': event,
  'answer.before-commit': answer,
  'answer.after-commit': answer,
  'step.before-commit': step,
  'step.after-commit': step,
  'receipt.before-send': receipt,
};

test.concurrent.each(failpointNames.map((name) => [crashes[name].fault, name] as const))(
  '%s: SIGKILL at %s: what was captured is stored once and rings once after another instance has taken over',
  (_fault, name) =>
    inTurn(async () => {
      const { prepare, provoke } = crashes[name];
      const scene = await crashScene(postgres);
      try {
        if (prepare) {
          const healthy = await scene.region.startServer();
          await prepare(scene);
          await healthy.stop();
        }
        scene.server = await scene.region.startServer(name);
        await provoke(scene);
        expect(await scene.server.ended, 'the server dies where it was told to').toBe('SIGKILL');
        scene.server = await scene.region.startServer();
        if (crashes[name] === answer) await scene.accept();
        await scene.rangOnce();
        if (crashes[name] === step) await scene.stepFired('all-on-duty');
        if (crashes[name] === answer) expect(await scene.answers()).toBe(1);
        await expectHealed(scene.region, { vehicles: [scene.vehicle] });
      } finally {
        await scene.stop();
      }
    }),
  CRASH_WITHIN_MS,
);

test.concurrent(
  'P1 N2: SIGKILL between the COMMIT of vitals and the alert, the broker loses its store and the vehicle its link: the new holder still alerts',
  () =>
    inTurn(async () => {
      const scene = await crashScene(postgres);
      try {
        const healthy = await scene.region.startServer();
        await scene.storeFirstReading();
        await healthy.stop();
        const dying = await scene.region.startServer('telemetry.after-commit');
        scene.fireRule();
        await dying.ended;
        scene.vehicle.isSilent = true;
        await scene.region.broker.kill();
        scene.region.broker.deleteStore();
        await scene.region.broker.startAgain();
        const gone = await shardHolders(scene.region);
        scene.server = await scene.region.startServer();
        await allShardsHeld(scene.region, 1, gone);
        await scene.rangOnce(5_000);
        scene.vehicle.isSilent = false;
        await expectHealed(scene.region, { vehicles: [scene.vehicle] });
      } finally {
        await scene.stop();
      }
    }),
  CRASH_WITHIN_MS,
);
