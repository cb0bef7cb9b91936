import { toWgs84, type Datum } from '@pentad/geo/datum';
import type { Core } from './app-core.ts';
import { readCase } from './cases/case-store.ts';
import type { Config } from './config.ts';
import { CsvDropSource } from './dispatch/csv-drop-source.ts';
import type { DispatchDoor } from './dispatch/dispatch-door.ts';
import { readJobCard } from './dispatch/read-job-card.ts';
import { receiveDispatchJob, type DispatchPorts } from './dispatch/receive-dispatch-job.ts';
import { SqlViewSource } from './dispatch/sql-view-source.ts';
import { writeCasesBehind } from './dispatch/write-cases-behind.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { findVehicle } from './vehicles/find-vehicle-store.ts';

const MEND_EVERY_MS = 5_000;

const datumOf = { 'GCJ-02': 'gcj-02', 'BD-09': 'bd-09' } as const satisfies Record<string, Datum>;

type DispatchCore = Pick<Core, 'db' | 'clock' | 'ids' | 'log' | 'vault' | 'units' | 'plans'>;

const portsOf = (core: DispatchCore): DispatchPorts => {
  const { db, clock, ids, log, vault, units, plans } = core;
  const toWgs: DispatchPorts['toWgs84'] = (point, datum) => toWgs84(point, datumOf[datum]);
  return { db, clock, ids, log, vault, units, plans, findVehicle, toWgs84: toWgs };
};

export function createDispatchDoor(core: DispatchCore): DispatchDoor {
  const ports = portsOf(core);
  return {
    receive: (job, origin) => receiveDispatchJob(ports, job, origin),
    readJobCard: (vehicle, caseId) => readJobCard({ ...ports, readCase }, vehicle, caseId),
  };
}

/**
 * What is done with jobs without being asked: the roads on which this side fetches (a view that is polled, a directory
 * that is watched; each only where it is set), and cases that lag behind their jobs.
 */
export function createDispatchSources(
  core: DispatchCore & Pick<Core, 'timers' | 'instanceId'>,
  config: Pick<Config, 'dispatchCentre' | 'dispatchView' | 'dispatchCsvDir'>,
): readonly Service[] {
  const shared = { ...portsOf(core), centre: config.dispatchCentre, holder: core.instanceId };
  const { dispatchView: place, dispatchCsvDir: directory } = config;
  const { timers, log } = core;
  const work = () => writeCasesBehind(shared, shared.holder);
  return [
    new Repeat({ name: 'dispatch-cases', everyMs: MEND_EVERY_MS, timers, log, work }),
    ...(place === null ? [] : [new SqlViewSource({ ...shared, place }).asService(timers)]),
    ...(directory === null ? [] : [new CsvDropSource({ ...shared, directory }).asService(timers)]),
  ];
}
