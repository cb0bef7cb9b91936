import { afterEach, describe, expect, it } from 'vitest';
import { quietLog, VirtualTime } from '../../platform/virtual-time.fixture.ts';
import type { ReceivedReport, UnreadableMessage } from './message-desk.ts';
import { inFrame, MllpClient, verdictOf } from './mllp-client.fixture.ts';
import { listenForMonitors, type MonitorServer, type MonitorServerOptions } from './monitor-server.ts';

const running: MonitorServer[] = [];
const clients: MllpClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const server of running.splice(0)) await server.close();
});

async function start(over: Partial<MonitorServerOptions> = {}) {
  const readings: ReceivedReport[] = [];
  const unreadable: UnreadableMessage[] = [];
  const time = new VirtualTime();
  time.wallOffsetMs = Date.UTC(2026, 6, 26, 12);
  const server = await listenForMonitors({
    clock: time,
    log: quietLog,
    settings: { zoneOffsetMinutes: null },
    port: 0,
    onReading: (reading) => void readings.push(reading),
    onUnreadable: (message) => void unreadable.push(message),
    ...over,
  });
  running.push(server);
  const open = async () => {
    const client = await MllpClient.connectTo(server.port);
    clients.push(client);
    return client;
  };
  return { readings, unreadable, time, server, open };
}

const obx = 'OBX||NM|147842^MDC_ECG_HEART_RATE^MDC||60|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R';
const oru = (
  controlId: string,
  over: { sentAt?: string; type?: string; processingId?: string; body?: string } = {},
): string =>
  [
    `MSH|^~\\&|MON|BED|||${over.sentAt ?? '20260726120003+0000'}||${over.type ?? 'ORU^R01'}|${controlId}|${over.processingId ?? 'P'}|2.6`,
    'PID|1||123',
    'OBR|1||1|x|||20260726120002+0000',
    over.body ?? obx,
    '',
  ].join('\r');

describe('the server for patient monitors', () => {
  it('answers AA after the reading was taken, with its clocks beside it', async () => {
    const { readings, open } = await start();
    const client = await open();
    client.send(inFrame(oru('7')));
    expect((await client.answers(1)).map(verdictOf)).toEqual(['AA 7']);
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      receivedAtMs: Date.UTC(2026, 6, 26, 12),
      deviceClock: { offsetMs: 3_000, samples: 1 },
      report: { readings: [{ measuredAtMs: Date.UTC(2026, 6, 26, 12, 0, 2), vitals: { heartRateBpm: 60 } }] },
    });
  });

  it('answers AE when the reading was not taken, and takes it when it is sent again', async () => {
    let isFull = true;
    const taken: string[] = [];
    const { open } = await start({
      onReading: () => {
        if (isFull) throw new Error('journal.full');
        taken.push('taken');
      },
    });
    const client = await open();
    client.send(inFrame(oru('7')));
    expect((await client.answers(1)).map(verdictOf)).toEqual(['AE 7']);
    isFull = false;
    client.send(inFrame(oru('7')));
    expect((await client.answers(1)).map(verdictOf)).toEqual(['AA 7']);
    expect(taken).toEqual(['taken']);
  });

  it('answers a message sent again and takes it once, also over a new connection', async () => {
    const { readings, open } = await start();
    const first = await open();
    first.send(inFrame(oru('7')) + inFrame(oru('7')));
    expect((await first.answers(2)).map(verdictOf)).toEqual(['AA 7', 'AA 7']);
    const second = await open();
    second.send(inFrame(oru('7')));
    expect((await second.answers(1)).map(verdictOf)).toEqual(['AA 7']);
    expect(readings).toHaveLength(1);
  });

  it('takes another message under a control id that was used before', async () => {
    const { readings, open } = await start();
    const client = await open();
    client.send(inFrame(oru('204')) + inFrame(oru('204', { sentAt: '20260726120004+0000' })));
    client.send(inFrame(oru('204', { sentAt: '' })) + inFrame(oru('204', { sentAt: '' })));
    expect((await client.answers(4)).map(verdictOf)).toEqual(Array.from({ length: 4 }, () => 'AA 204'));
    expect(readings).toHaveLength(4);
  });

  it.each([
    ['another type', oru('8', { type: 'ADT^A01' }), 'AR 8', 'message.type-not-taken'],
    ['another event', oru('8', { type: 'ORU^R40' }), 'AR 8', 'message.event-not-taken'],
    ['a test message', oru('8', { processingId: 'T' }), 'AR 8', 'message.not-production'],
    ['a training message', oru('8', { processingId: 'D' }), 'AR 8', 'message.not-production'],
    ['two patients', oru('8', { body: `${obx}\rPID|2||456\r${obx}` }), 'AR 8', 'message.several-patients'],
    ['no clock of the monitor', oru('8', { sentAt: '' }), 'AR 8', 'message.no-clock'],
    ['a clock of an unknown zone', oru('8', { sentAt: '20260726120003' }), 'AR 8', 'message.no-clock'],
    ['no header', 'hello', 'AR ', 'message.no-header'],
    ['nothing understood', oru('8', { body: 'OBX|1|NM|1^x||5' }), 'AA 8', 'message.nothing-understood'],
    ['a broken line', oru('8', { body: `${obx}\rfree text` }), 'AA 8', 'message.stray-lines'],
  ])('keeps what it cannot read: %s', async (_name, content, verdict, code) => {
    const { readings, unreadable, open } = await start();
    const client = await open();
    client.send(inFrame(content));
    expect((await client.answers(1)).map(verdictOf)).toEqual([verdict]);
    expect(readings).toHaveLength(code === 'message.stray-lines' ? 1 : 0);
    expect(unreadable.map((each) => [each.code, new TextDecoder().decode(each.content)])).toEqual([[code, content]]);
  });

  it('takes a message without MSH-7 by the clock that an earlier one of the connection told', async () => {
    const { readings, unreadable, open } = await start();
    const client = await open();
    client.send(inFrame(oru('1', { sentAt: '' })) + inFrame(oru('2')) + inFrame(oru('3', { sentAt: '' })));
    expect((await client.answers(3)).map(verdictOf)).toEqual(['AR 1', 'AA 2', 'AA 3']);
    expect(readings.map(({ deviceClock }) => deviceClock)).toEqual([
      { offsetMs: 3_000, samples: 1 },
      { offsetMs: 3_000, samples: 1 },
    ]);
    expect(unreadable).toHaveLength(1);
  });

  it('learns no clock from a test message, and takes it where it is asked to', async () => {
    const { unreadable, open } = await start();
    const client = await open();
    client.send(inFrame(oru('1', { processingId: 'D' })) + inFrame(oru('2', { sentAt: '' })));
    expect((await client.answers(2)).map(verdictOf)).toEqual(['AR 1', 'AR 2']);
    expect(unreadable.map(({ code }) => code)).toEqual(['message.not-production', 'message.no-clock']);
    const asked = await start({ settings: { zoneOffsetMinutes: null, takesTestMessages: true } });
    const other = await asked.open();
    other.send(inFrame(oru('1', { processingId: 'D' })));
    expect((await other.answers(1)).map(verdictOf)).toEqual(['AA 1']);
    expect(asked.readings).toHaveLength(1);
  });

  it('says AE where what was not understood could not be kept either', async () => {
    const { open } = await start({
      onUnreadable: () => {
        throw new Error('full');
      },
    });
    const client = await open();
    client.send(inFrame(oru('8', { body: 'OBX|1|NM|1^x||5' })) + inFrame(oru('9', { type: 'ADT^A01' })));
    expect((await client.answers(2)).map(verdictOf)).toEqual(['AE 8', 'AR 9']);
  });

  it('never acknowledges an acknowledgement', async () => {
    const { unreadable, open } = await start();
    const client = await open();
    client.send(inFrame(oru('8', { type: 'ACK' })) + inFrame(oru('9')));
    expect((await client.answers(1)).map(verdictOf)).toEqual(['AA 9']);
    expect(unreadable.map(({ code }) => code)).toEqual(['message.acknowledgement']);
  });

  it('refuses a frame without end and one over the limit, and goes on', async () => {
    const { unreadable, open } = await start();
    const client = await open();
    client.send(`\x0b${oru('1')}${inFrame(oru('2'))}`);
    client.send(inFrame(oru('3') + 'x'.repeat(1_048_576)));
    client.send(inFrame(oru('4')));
    expect((await client.answers(4)).map(verdictOf)).toEqual(['AR 1', 'AA 2', 'AR 3', 'AA 4']);
    expect(unreadable.map(({ code }) => code)).toEqual(['frame.unterminated', 'frame.oversize']);
  });

  it('answers a monitor that closes its side in the middle of a message', async () => {
    const { open } = await start();
    const client = await open();
    client.send(inFrame(oru('1')) + '\x0b' + oru('2'));
    client.finish();
    expect((await client.answers(2)).map(verdictOf)).toEqual(['AA 1', 'AR 2']);
    await client.until(() => client.isClosed);
  });

  it('ends a connection on which nothing moves, and keeps what had begun', async () => {
    const { unreadable, open } = await start({ idleTimeoutMs: 40 });
    const client = await open();
    client.send('\x0bMSH|^~\\&|half');
    await client.until(() => client.isClosed);
    expect(unreadable.map(({ code }) => code)).toEqual(['frame.unterminated']);
  });

  it('takes no more connections than it is told', async () => {
    const { open } = await start({ maxConnections: 1 });
    const first = await open();
    first.send(inFrame(oru('1')));
    await first.answers(1);
    const second = await open();
    await second.until(() => second.isClosed);
    first.send(inFrame(oru('2')));
    expect((await first.answers(1)).map(verdictOf)).toEqual(['AA 2']);
  });

  it('says so when the port is taken', async () => {
    const { server } = await start();
    await expect(start({ port: server.port })).rejects.toThrow('hl7-monitor.port-taken');
  });
});
