import { parseArgs } from 'node:util';
import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { brokerAddresses } from '../link/broker-address.ts';
import { FeedError } from './feed-error.ts';
import type { GpsdPlace } from './gpsd-feed.ts';
import type { Pace } from './playback.ts';

export const usage = `
npm run ambulance -- [选项 options]                  一辆救护车,任一服务器 / one ambulance, any server

  --server URL        服务器 / the server (http://localhost:8080); other hosts than this machine by https
  --nats ADDRESSES    直连消息代理 / the broker instead of the server's /nats: nats://, tls://, wss://
  --vehicle-dir DIR   车辆身份目录 / the vehicle's identity (the first free one of .pentad/vehicles)
  --case new|ID       病例 / the case readings belong to (new where a patient's source is given)
  --wfdb RECORD.hea   WFDB 波形或数值,可重复 / waveforms or trends of a WFDB record; repeatable
  --nmea FILE         NMEA 0183 文件或设备 / a log, or a device or pipe that speaks
  --gpsd HOST:PORT    gpsd
  --ecg FILE          心电图文件,可重复 / Philips XML, HL7 aECG, WFDB, PDF, JPEG, PNG; repeatable
  --mllp PORT         监护仪 HL7 ORU / listens for monitors' HL7 ORU^R01
  --scenario NAME     演示剧本 / a case of fixtures/demo, with its own case
  --speed N           倍速 (1) / how much faster recordings are played
  --for SECONDS       时长 / ends after so long; default: at the end of the recordings
  --json              机器可读的总结 / a machine-readable summary on stdout
  --help
`;

export interface AmbulanceOptions {
  readonly serverUrl: string;
  readonly natsUrl: string;
  readonly vehicleDir: string | null;
  readonly caseId: CaseId | 'new' | null;
  readonly wfdb: readonly string[];
  readonly nmea: string | null;
  readonly gpsd: GpsdPlace | null;
  readonly ecg: readonly string[];
  readonly mllpPort: number | null;
  readonly scenario: string | null;
  readonly pace: Pace;
  readonly isJson: boolean;
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean', default: false } as const;

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        server: { ...text, default: 'http://localhost:8080' },
        nats: text,
        'vehicle-dir': text,
        case: text,
        wfdb: texts,
        nmea: text,
        gpsd: text,
        ecg: texts,
        mllp: text,
        scenario: text,
        speed: { ...text, default: '1' },
        for: text,
        json: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new FeedError(error instanceof Error ? error.message : 'options');
  }
}

function numberOf(name: string, value: string, least: number, most: number): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new FeedError(`--${name} takes a number from ${least} to ${most}`);
  return number;
}
function portOf(name: string, value: string, least: number): number {
  const port = numberOf(name, value, least, 65_535);
  if (!Number.isInteger(port)) throw new FeedError(`--${name} takes a whole number`);
  return port;
}

/** By the server's own port where no broker is named. Unsealed only on this machine: an identity goes over it. */
function natsUrlOf(serverUrl: string, nats: string | undefined): string {
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new FeedError('--server takes an http(s) address');
  const address = nats ?? `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}/nats`;
  try {
    brokerAddresses(address);
  } catch {
    throw new FeedError(
      nats === undefined ? '--server on another machine takes https' : '--nats takes nats://, tls://, wss:// addresses',
    );
  }
  return address;
}

function gpsdOf(place: string): GpsdPlace {
  const [, host = '', port = '2947'] = /^([^:\s]+|\[[^\]]+\])(?::(\d+))?$/.exec(place) ?? [];
  if (host === '') throw new FeedError('--gpsd takes HOST:PORT');
  return { host: host.replaceAll(/^\[|\]$/g, ''), port: portOf('gpsd', port, 1) };
}

function caseOf(value: string | undefined): CaseId | 'new' | null {
  if (value === undefined || value === 'new') return value ?? null;
  const id = v.safeParse(CaseId, value.toLowerCase());
  if (!id.success) throw new FeedError('--case takes new or the id of a case');
  return id.output;
}

/** What is asked for; `help`: only the usage. Throws FeedError. */
export function readOptions(argv: readonly string[]): AmbulanceOptions | 'help' {
  const given = read(argv);
  if (given.help) return 'help';
  const options: AmbulanceOptions = {
    serverUrl: given.server.replace(/\/+$/, ''),
    natsUrl: natsUrlOf(given.server, given.nats),
    vehicleDir: given['vehicle-dir'] ?? null,
    caseId: caseOf(given.case),
    wfdb: given.wfdb ?? [],
    nmea: given.nmea ?? null,
    gpsd: given.gpsd === undefined ? null : gpsdOf(given.gpsd),
    ecg: given.ecg ?? [],
    mllpPort: given.mllp === undefined ? null : portOf('mllp', given.mllp, 0),
    scenario: given.scenario ?? null,
    pace: {
      speed: numberOf('speed', given.speed, 0.01, 10_000),
      limitMs: given.for === undefined ? null : numberOf('for', given.for, 0.1, 604_800) * 1_000,
    },
    isJson: given.json,
  };
  const { wfdb, nmea, gpsd, ecg, mllpPort, scenario, caseId } = options;
  const others = wfdb.length > 0 || nmea !== null || gpsd !== null || ecg.length > 0 || mllpPort !== null;
  if (nmea !== null && gpsd !== null) throw new FeedError('one place at a time: --nmea or --gpsd');
  if (scenario !== null && (others || caseId !== null || options.pace.speed !== 1))
    throw new FeedError(
      '--scenario brings its own case, drive and numerics: it takes no other source, --case or --speed',
    );
  if (!others && scenario === null && caseId === null)
    throw new FeedError('nothing to send: name a source, or --case new');
  return options;
}
