import { roads } from '@pentad/protocol/lane';
import { heartbeatSubject, SHARD_COUNT, upSubject } from '@pentad/protocol/subjects';

export const UP_SUBJECTS = 'pentad.v1.up.>';
export const DOWN_SUBJECTS = 'pentad.v1.dn.>';

/** All a vehicle publishes: its stored lanes, and the heartbeats and asks that the server answers unmapped. */
export function listVehicleUpSubjects(vehicle: string): string[] {
  return [...roads.map((road) => upSubject(vehicle, road)), heartbeatSubject(vehicle), `pentad.v1.up.${vehicle}.ask.*`];
}

/** What CORE's claims map: `up.<vehicle>.<road>` to `in.<shard>.<vehicle>.<road>`, which the streams store. */
export function mapRoadsToShards(): Record<string, { subject: string }[]> {
  return Object.fromEntries(
    roads.map((road) => [
      upSubject('*', road),
      [{ subject: `pentad.v1.in.{{partition(${SHARD_COUNT},1)}}.{{wildcard(1)}}.${road}` }],
    ]),
  );
}
