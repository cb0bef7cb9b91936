import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLatin1 } from '@pentad/hl7v2/character-set';
import { sharedData } from '@pentad/recordings/shared-data.fixture';
import { describe, expect, it } from 'vitest';
import { quietLog, seededRandom, VirtualTime } from '../../platform/virtual-time.fixture.ts';
import type { ReceivedReport, UnreadableMessage } from './message-desk.ts';
import { MllpClient, verdictOf } from './mllp-client.fixture.ts';
import { listenForMonitors } from './monitor-server.ts';

const folder = join(sharedData, 'hl7v2');
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`NOT RUN: real HL7 messages, ${folder} is absent\n`);

const files = isThere
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  : [];

/** Messages inside Python string literals joined by CR, and in listings of a document. */
function quotedMessages(path: string, text: string): string[] {
  if (path.endsWith('.py'))
    return [...text.matchAll(/"\\r"\.join\(\s*\[(.*?)\]\s*\)/gs)].map(([, list = '']) =>
      [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([literal]) => String(JSON.parse(literal))).join('\r'),
    );
  if (path.endsWith('.adoc'))
    return [...text.matchAll(/^MSH\|[^]*?(?=^\s*(?:----|\.\.\.\.|$))/gm)].map(([message]) => message);
  return text.split(/(?=^MSH[|^])/m).filter((piece) => piece.startsWith('MSH'));
}

const sources = files.flatMap((path) => {
  const whole = decodeLatin1(readFileSync(path));
  return [whole, ...quotedMessages(path, whole)].map((content) => ({ path: path.slice(folder.length + 1), content }));
});

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

async function exchange(messages: readonly string[], seed: number, takesTestMessages = false) {
  const readings: ReceivedReport[] = [];
  const unreadable: UnreadableMessage[] = [];
  const server = await listenForMonitors({
    clock: new VirtualTime(),
    log: quietLog,
    settings: { zoneOffsetMinutes: null, takesTestMessages },
    port: 0,
    onReading: (reading) => void readings.push(reading),
    onUnreadable: (message) => void unreadable.push(message),
  });
  const client = await MllpClient.connectTo(server.port);
  const random = seededRandom(seed);
  for (const message of messages) {
    let rest = bytesOf(`\x0b${message}\x1c\r`);
    while (rest.length > 0) {
      const size = 1 + (random(1)[0] ?? 0) * 7;
      client.send(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  }
  client.finish();
  const answers = await client.answers(messages.length);
  await client.until(() => client.isClosed);
  const { unread } = client;
  await server.close();
  return { answers, unread, readings, unreadable };
}

describe.skipIf(!isThere)('real messages of many vendors', () => {
  it('get exactly one answer each, in order, with their control id', async () => {
    const messages = sources.map(({ content }) => content).filter((content) => !/^MSH\|[^\r\n]*\|ACK/.test(content));
    const { answers, unread, unreadable, readings } = await exchange(messages, 1, true);
    expect(answers).toHaveLength(messages.length);
    expect(unread).toBe(0);
    const counts = new Map<string, number>();
    for (const [index, answer] of answers.entries()) {
      const [headerLine = ''] = (messages[index] ?? '').split(/[\r\n]/);
      const controlId = headerLine.startsWith('MSH') ? headerLine.split(headerLine[3] ?? '|')[9] : '';
      const [, verdict = '', echoed] = /^(AA|AE|AR) (.*)$/.exec(verdictOf(answer)) ?? [];
      expect(echoed).toBe(controlId);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
    // Everything but ORU^R01 is refused, and all that gave no reading is kept for quarantine; repeats are kept once.
    expect([...counts.keys()].sort()).toEqual(['AA', 'AR']);
    expect(unreadable.filter(({ code }) => code !== 'message.nothing-understood')).toHaveLength(counts.get('AR') ?? 0);
    expect(readings).toHaveLength(1);
  });

  it('of a Philips MX500 give its heart rate at its own time', async () => {
    const message = sources.find(({ path }) => path.endsWith('philips_mx500_numerics.hl7'))?.content ?? '';
    expect(message.split('|')[10]).toBe('D');
    const { readings } = await exchange([message], 2, true);
    expect(readings.map(({ report }) => report.readings)).toEqual([
      [
        {
          measuredAtMs: Date.parse('2021-04-25T23:03:31.496-04:00'),
          vitals: { heartRateBpm: 60 },
          times: { bloodPressureAtMs: null, temperatureAtMs: null },
        },
      ],
    ]);
    const report = readings[0]?.report;
    expect(report?.sentAtMs).toBe(Date.parse('2021-04-25T23:03:32.872-04:00'));
    expect(report?.notes[0]).toEqual({ code: 'message.not-production', obx: null });
    expect(report?.patientIdentity?.identifiers).toEqual([
      { value: '12345', authority: 'Philips', type: 'MR' },
      { value: '6789', authority: 'Philips', type: 'VN' },
    ]);
  });

  it('give no reading where the one monitor among them says that it is a training message', async () => {
    const messages = sources.map(({ content }) => content).filter((content) => !/^MSH\|[^\r\n]*\|ACK/.test(content));
    const { answers, readings, unreadable } = await exchange(messages, 3);
    expect(answers).toHaveLength(messages.length);
    expect(readings).toEqual([]);
    expect(unreadable.map(({ code }) => code)).toContain('message.not-production');
  });
});
