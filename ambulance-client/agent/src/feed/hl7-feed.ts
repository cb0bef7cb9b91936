import type { Note } from '@pentad/hl7v2/observation';
import type { MonitorReading } from '@pentad/hl7v2/reading-assembly';
import { noVitals, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import { AgentError } from '../agent-error.ts';
import type { NumericsCapture } from '../agent-types.ts';
import type { Log } from '../ports.ts';
import type { ReceivedReport, UnreadableMessage } from '../sources/hl7-monitor/message-desk.ts';
import { listenForMonitors, type MonitorServer } from '../sources/hl7-monitor/monitor-server.ts';
import type { Bound, Feed, FeedPorts } from './feed.ts';
import { withoutEnd } from './nmea-feed.ts';

const LEAD_MS = 60_000;

/**
 * A reading on the vehicle's clock: the monitor's instants less what its clock is ahead. null where nothing was measured or
 * nobody knows when; a pressure or temperature without an instant of its own is left out, for it has no age.
 */
export function numericsOf(
  { measuredAtMs, vitals, times }: MonitorReading,
  offsetMs: number,
  bound: Bound,
): NumericsCapture | null {
  if (measuredAtMs === null) return null;
  const ours = (instantMs: number | null): number | null =>
    instantMs === null ? null : Math.max(0, Math.round(instantMs - offsetMs));
  const all: Vitals = { ...noVitals, ...vitals };
  const own: VitalTimes = {
    bloodPressureAtMs: ours(times.bloodPressureAtMs),
    temperatureAtMs: ours(times.temperatureAtMs),
  };
  if (own.bloodPressureAtMs === null) Object.assign(all, { systolicMmHg: null, diastolicMmHg: null, meanMmHg: null });
  if (own.temperatureAtMs === null) all.temperatureC = null;
  if (Object.values(all).every((value) => value === null)) return null;
  return { ...bound, lane: 'vit', measuredAtMs: ours(measuredAtMs) ?? 0, vitals: all, times: own };
}

export interface MonitorPlace {
  readonly port: number;
  /** Minutes east of UTC of monitors that name no zone; null: such instants are not known. */
  readonly zoneOffsetMinutes: number | null;
  /** Takes test and training messages too (MSH-11 other than P). Default false. */
  readonly takesTestMessages?: boolean;
}
/** `value.sentinel 2, code.unknown 1`: how often each, never what was measured. */
function countsOf(notes: readonly Note[]): string {
  const counts = new Map<string, number>();
  for (const { code } of notes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ');
}

export interface MonitorFeed extends Feed {
  readonly port: number;
}

/** Listens for monitors (MLLP, ORU^R01). A message is answered AA when its readings are journalled. */
export async function hearMonitors(
  ports: FeedPorts & { readonly log: Log },
  { port, zoneOffsetMinutes, takesTestMessages = false }: MonitorPlace,
  bound: Bound,
): Promise<MonitorFeed> {
  const { agent, clock, log, say } = ports;
  // A monitor says the same again with every message: what changed is said.
  let lastNoted = '';
  const sayNotes = (noted: string): void => {
    if (noted !== '' && noted !== lastNoted) say({ zh: `监护仪：备注（${noted}）`, en: `monitor: notes: ${noted}` });
    lastNoted = noted;
  };
  const onReading = ({ report, receivedAtMs, deviceClock }: ReceivedReport): void => {
    sayNotes(countsOf(report.notes));
    const captures = report.readings.flatMap((reading) => numericsOf(reading, deviceClock.offsetMs, bound) ?? []);
    const known = captures.filter(({ measuredAtMs }) => measuredAtMs <= receivedAtMs + LEAD_MS);
    const left = report.readings.length - known.length;
    if (left > 0)
      say({
        zh: `监护仪：${left} 组读数无数值或时刻不明，未发送`,
        en: `monitor: ${left} readings without a value or a known instant are not sent`,
      });
    agent.capture(known);
  };
  const onUnreadable = ({ code }: UnreadableMessage): void => {
    say({ zh: `监护仪：消息未采纳（${code}）`, en: `monitor: a message was not taken (${code})` });
    // Nothing is kept here, so the monitor must not hear AA for what nobody understood.
    if (code === 'message.nothing-understood') throw new AgentError('invalid', code);
  };
  const server: MonitorServer = await listenForMonitors({
    clock,
    log,
    settings: { zoneOffsetMinutes, takesTestMessages },
    port,
    onReading,
    onUnreadable,
  });
  return { ...withoutEnd(() => server.close()), port: server.port };
}
