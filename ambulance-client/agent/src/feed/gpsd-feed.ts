import { GpsdSource } from '../sources/gps/gpsd-source.ts';
import type { Bound, Feed } from './feed.ts';
import { liveFix, withoutEnd, type ReceiverPorts } from './nmea-feed.ts';

export interface GpsdPlace {
  readonly host: string;
  readonly port: number;
}

/** A gpsd: each fix is a position of the instant it was measured at. It is asked again until stopped. */
export function hearGpsd(ports: ReceiverPorts, { host, port }: GpsdPlace, bound: Bound): Feed {
  const source = new GpsdSource({
    ...ports,
    host,
    port,
    hear: liveFix(ports, bound),
  });
  source.start();
  return withoutEnd(() => source.stop());
}
