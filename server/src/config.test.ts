import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, configKeys, readConfig } from './config.ts';
import { failpointNames } from './platform/failpoint.ts';

const root = join(import.meta.dirname, '../..');
const read = (env: NodeJS.ProcessEnv = {}) => readConfig(env, '/repo');
const production = { PENTAD_KIND: 'production', DATABASE_URL: 'postgres://pentad@db/pentad' };

test('without any setting it is a demo on loopback, everything in its data directory', () => {
  expect(read()).toMatchObject({
    kind: 'demo',
    role: 'all',
    databaseUrl: null,
    natsUrl: null,
    httpHost: '127.0.0.1',
    httpPort: 8080,
    allowedOrigins: ['http://localhost:8080', 'http://127.0.0.1:8080'],
    failpoint: null,
    migrationsDir: '/repo/migrations',
    demoDir: '/repo/fixtures/demo',
  });
  const { dataDir, kekFile, natsOperatorDir } = read({ PENTAD_DATA_DIR: '/data' });
  expect([dataDir, kekFile, natsOperatorDir]).toEqual(['/data', '/data/key-encryption-key', '/data/operator']);
});

describe('a demo never becomes anything else', () => {
  test('it refuses a database that is not its own', () => {
    expect(() => read({ DATABASE_URL: 'postgres://pentad@db/pentad' })).toThrow(/demo server refuses DATABASE_URL/);
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'pentad.example'])('it refuses to listen on %s', (host) => {
    expect(() => read({ HTTP_HOST: host })).toThrow(/loopback only/);
  });

  test.each(['127.0.0.1', '::1', 'localhost'])('it listens on %s', (host) => {
    expect(read({ HTTP_HOST: host }).httpHost).toBe(host);
  });

  test('a production server takes both', () => {
    expect(read({ ...production, HTTP_HOST: '0.0.0.0' })).toMatchObject({
      kind: 'production',
      databaseUrl: production.DATABASE_URL,
      httpHost: '0.0.0.0',
    });
  });
});

describe('a failpoint', () => {
  test('is refused for a production installation', () => {
    for (const name of failpointNames)
      expect(() => read({ ...production, PENTAD_FAILPOINT: name })).toThrow(/fault runs only/);
  });

  test('is taken in a fault run, whose servers are of kind production, and in a demo', () => {
    const wanted = { PENTAD_FAILPOINT: 'alert.before-commit' };
    expect(read({ ...production, ...wanted, PENTAD_FAULT_RUN: '1' }).failpoint).toBe('alert.before-commit');
    expect(read(wanted).failpoint).toBe('alert.before-commit');
  });

  test('is one of those that exist', () => {
    expect(() => read({ PENTAD_FAILPOINT: 'nowhere' })).toThrow(/PENTAD_FAILPOINT/);
    expect(() => read({ ...production, PENTAD_FAULT_RUN: 'yes' })).toThrow(/PENTAD_FAULT_RUN/);
  });
});

test('a webhook is never called unsigned: its address and its secret go together', () => {
  const [url, file] = [
    { ESCALATION_WEBHOOK_URL: 'https://voice.example/call' },
    { ESCALATION_WEBHOOK_SECRET_FILE: '/secret' },
  ];
  expect(() => read(url)).toThrow(/go together/);
  expect(() => read(file)).toThrow(/go together/);
  expect(read({ ...url, ...file })).toMatchObject({
    webhookUrl: 'https://voice.example/call',
    webhookSecretFile: '/secret',
  });
});

describe('jobs of a dispatch centre', () => {
  const view = { DISPATCH_SQL_URL: 'postgres://reader@dispatch/jobs', DISPATCH_SQL_VIEW: 'public.pentad_jobs' };

  test('are fetched from nowhere by default, nor where compose passes on empty settings', () => {
    const nowhere = { dispatchCentre: 'dispatch-120', dispatchView: null, dispatchCsvDir: null };
    expect(read()).toMatchObject(nowhere);
    expect(read({ DISPATCH_SQL_URL: '', DISPATCH_SQL_VIEW: '', DISPATCH_CSV_DIR: '' })).toMatchObject(nowhere);
  });

  test('are fetched from a view by its address and its name, which go together, and from a directory', () => {
    expect(read({ ...production, ...view, DISPATCH_CSV_DIR: '/drop', DISPATCH_CENTRE: 'county' })).toMatchObject({
      dispatchCentre: 'county',
      dispatchView: { url: view.DISPATCH_SQL_URL, view: 'public.pentad_jobs' },
      dispatchCsvDir: '/drop',
    });
    for (const [name, value] of Object.entries(view))
      expect(() => read({ ...production, [name]: value })).toThrow(/go together/);
  });

  test('never come from a real centre’s database into a demo', () => {
    expect(() => read(view)).toThrow(/demo server refuses DISPATCH_SQL_URL/);
  });

  test.each(['jobs; DROP TABLE x', 'a.b.c', '"jobs"', '1jobs', 'jobs '])('a view is not called %s', (name) => {
    expect(() => read({ ...production, ...view, DISPATCH_SQL_VIEW: name })).toThrow(/DISPATCH_SQL_VIEW/);
  });
});

describe('a routing service', () => {
  test('is asked only where it is configured: by default nothing leaves the house', () => {
    expect(read().router).toBeNull();
    expect(read({ ROUTER_KIND: '', ROUTER_URL: '' }).router).toBeNull();
    expect(read({ ROUTER_KIND: 'none' }).router).toBeNull();
  });

  test.each(['osrm', 'valhalla'])('%s is named with its address, and neither stands alone', (kind) => {
    const url = 'http://routes.example:5000/';
    expect(read({ ROUTER_KIND: kind, ROUTER_URL: url }).router).toEqual({ kind, url });
    expect(() => read({ ROUTER_KIND: kind })).toThrow(/go together/);
    expect(() => read({ ROUTER_URL: url })).toThrow(/go together/);
  });

  test.each(['routes', 'ftp://routes', 'http://a:b@routes/', 'http://routes/?key=secret', 'http://routes/#x'])(
    'is not at %s',
    (url) => {
      expect(() => read({ ROUTER_KIND: 'osrm', ROUTER_URL: url })).toThrow(
        new ConfigError('ROUTER_URL is http or https, without password or query'),
      );
    },
  );

  test('is one that is known', () => {
    expect(() => read({ ROUTER_KIND: 'google', ROUTER_URL: 'http://routes/' })).toThrow(/not understood: ROUTER_KIND/);
  });
});

describe('what is not understood stops the start with a sentence that names the setting, never its value', () => {
  test.each([
    ['HTTP_PORT', '80a'],
    ['HTTP_PORT', '65536'],
    ['HTTP_PORT', '-1'],
    ['HTTP_PORT', ''],
    ['PENTAD_ROLE', 'everything'],
    ['PENTAD_KIND', 'test'],
    ['LOG_LEVEL', 'loud'],
    ['PUBLIC_ORIGIN', 'pentad.example'],
  ])('%s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError);
    expect(() => read({ [name]: value })).toThrow(`not understood: ${name}`);
  });
});

test('pages are served to the origin people open, without its path', () => {
  expect(read({ ...production, PUBLIC_ORIGIN: 'https://pentad.example/console/' }).allowedOrigins).toEqual([
    'https://pentad.example',
  ]);
});

test('port 0 takes any free one: what runs on it is for tests', () => {
  expect(read({ HTTP_PORT: '0' }).httpPort).toBe(0);
});

test('RULE_OVERLAY is a path; compose passes on nothing as an empty one', () => {
  expect(read({ RULE_OVERLAY: '/etc/pentad/rules.json' }).ruleOverlayFile).toBe('/etc/pentad/rules.json');
  expect(read({ RULE_OVERLAY: '' }).ruleOverlayFile).toBeNull();
  expect(read({}).ruleOverlayFile).toBeNull();
});

describe('every setting is told to those who run it', () => {
  const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  test.each(configKeys.map((key) => [key]))('docs/operations.md names %s', (key) => {
    expect(text).toContain(`\`${key}\``);
  });
});
