import { beforeEach, describe, expect, test } from 'vitest';
import { createMetrics } from '../platform/metrics.ts';
import { bareHttpPorts, type LoggedLine } from './bare-http-ports.fixture.ts';
import { createHttpApp } from './http-app.ts';
import type { HttpPorts } from './ports.ts';

const logged: LoggedLine[] = [];
beforeEach(() => logged.splice(0));

const request = (path: string, init?: RequestInit, some?: Partial<HttpPorts>) =>
  createHttpApp(bareHttpPorts(logged, some)).request(path, init);
const json = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

describe('an error that is no refusal of ours', () => {
  test('is said as one constant body and logged without its message', async () => {
    const response = await request('/v1/session', json('{"login":"a","password":"b"}'));
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      code: 'internal',
      message: 'something went wrong here',
      requestId: 'request-1',
    });
    expect(logged).toEqual([
      { code: 'http.failed', fields: expect.objectContaining({ errorName: 'Error', requestId: 'request-1' }) },
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/canary|张建国/);
  });
});

describe('H3: a body that cannot be read', () => {
  const bomb = '['.repeat(100_000);
  test.each([
    ['is cut short', '{"login":'],
    ['is no JSON', 'login=a'],
    ['is nested a hundred thousand deep', bomb],
    ['is empty', ''],
    ['names a prototype', '{"login":"a","password":"b","__proto__":{"role":"administrator"}}'],
  ])('%s is refused and not echoed', async (_what, body) => {
    const response = await request('/v1/session', json(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'request.invalid' });
  });

  test('is of another type is refused', async () => {
    const response = await request('/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"login":"a","password":"b"}',
    });
    expect(response.status).toBe(400);
  });

  test('H2: is over 256 KB is refused, with a length and without', async () => {
    const large = `{"login":"${'x'.repeat(256 * 1024)}","password":"b"}`;
    expect(
      await (await request('/v1/session', json(large, { 'content-length': String(large.length) }))).json(),
    ).toMatchObject({ code: 'request.too-large' });
    const stream = new Blob([large]).stream();
    const streamed = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as const;
    expect((await request('/v1/session', streamed)).status).toBe(400);
  });
});

test('a demo door does not exist outside a demo', async () => {
  for (const response of [
    await request('/v1/demo-identities'),
    await request('/v1/demo-session', json('{"login":"a"}')),
  ]) {
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'demo.not-found' });
  }
});

test('H19: every answer forbids framing, foreign scripts, sniffing and referrers; errors too', async () => {
  for (const path of ['/healthz', '/v1/session', '/no-such-thing']) {
    const { headers } = await request(path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self';",
      "style-src 'self';",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "connect-src 'self' ws://127.0.0.1:8080;",
    ]) {
      expect(policy, path).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-request-id')).toBe('request-1');
  }
});

describe('machines are told', () => {
  test('that the process is up', async () => {
    expect(await (await request('/healthz')).json()).toEqual({ status: 'up' });
  });

  test('whether this instance can work, as 200 or 503', async () => {
    const ready = { postgres: true, nats: true, streams: true, feed: true };
    expect((await request('/readyz')).status).toBe(200);
    const response = await request('/readyz', {}, { readiness: async () => ({ ...ready, feed: false }) });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ...ready, feed: false });
  });

  test('H29: how it is doing, by name and without ids', async () => {
    const metrics = createMetrics(() => 7);
    metrics.preAlerts.inc({ tier: 'level-1' });
    metrics.quarantined.inc({ code: 'uplink.not-json' });
    const text = await (await request('/metrics', {}, { metrics })).text();
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
    expect(names).toEqual([
      'pentad_waveform_chunks_stored_total',
      'pentad_samples_stored_total',
      'pentad_events_stored_total',
      'pentad_pre_alerts_total',
      'pentad_receipt_lag_seconds',
      'pentad_alert_latency_seconds',
      'pentad_quarantined_total',
      'pentad_samples_waiting',
      'pentad_audit_unchained_seconds',
      'pentad_rule_set_info',
    ]);
    expect(text).toContain('pentad_samples_waiting 7');
    expect(text).toContain('pentad_pre_alerts_total{tier="level-1"} 1');
  });

  test('what can be asked', async () => {
    const specs: unknown = await (await request('/openapi.json')).json();
    expect(Object.keys((specs as { paths: object }).paths).sort()).toEqual([
      '/healthz',
      '/readyz',
      '/v1/cases/{caseId}',
      '/v1/cases/{caseId}/media/{sha256}',
      '/v1/cases/{caseId}/numerics',
      '/v1/cases/{caseId}/waveforms',
      '/v1/demo-identities',
      '/v1/demo-session',
      '/v1/dispatch-jobs',
      '/v1/downlink',
      '/v1/job-card',
      '/v1/pre-alerts/{preAlertId}/targets/{targetId}/answer',
      '/v1/pre-alerts/{preAlertId}/targets/{targetId}/seen',
      '/v1/region',
      '/v1/session',
      '/v1/uplink',
      '/v1/uplink/media',
      '/v1/vehicle-jwt',
      '/v1/vehicle-nonce',
      '/v1/vehicle-token',
      '/v1/ws-ticket',
    ]);
    expect(specs).toMatchObject({
      paths: {
        '/v1/session': {
          post: {
            requestBody: {
              content: { 'application/json': { schema: { type: 'object', required: ['login', 'password'] } } },
            },
          },
        },
      },
    });
  });
});
