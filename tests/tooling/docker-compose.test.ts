import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inRepository } from './planted-tree.ts';

type Service = {
  image?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  depends_on?: Record<string, unknown>;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };

const composeText = readFileSync(inRepository('docker-compose.yml'), 'utf8');
const compose = parse(composeText, { merge: false, strict: true }) as Compose;
const dockerfile = readFileSync(inRepository('server/Dockerfile'), 'utf8');
const { postgres, nats, server } = compose.services;

test('the file says that it has not been executed yet', () => {
  expect(composeText).toMatch(/has not been executed yet/);
  expect(dockerfile).toMatch(/Not executed yet/);
});

test('every image is pinned to a version', () => {
  const fromLines = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  const images = [...Object.values(compose.services).map((service) => service.image), ...fromLines];
  for (const image of images) expect(image).toMatch(/:\d+\.\d+/);
  expect(postgres?.image).toMatch(/^postgres:18\./);
  expect(nats?.image).toMatch(/^nats:2\.12\./);
});

test('the server is healthy when /readyz says so, in the compose file and in the image', () => {
  expect(server?.healthcheck?.test.join(' ')).toContain('/readyz');
  expect(dockerfile).toMatch(/HEALTHCHECK[^]*?\/readyz/);
});

test('every variable of the server is a key of config.ts', async (context) => {
  const configFile = inRepository('server/src/config.ts');
  if (!existsSync(configFile)) return context.skip('NOT RUN: server/src/config.ts is not there yet');
  const { configKeys } = (await import(configFile)) as { configKeys: readonly string[] };
  for (const name of Object.keys(server?.environment ?? {})) expect(configKeys).toContain(name);
  const inImage = [...dockerfile.matchAll(/^ENV ([A-Z_]+)=/gm)].map(([, name]) => name);
  for (const name of inImage.filter((name) => name !== 'NODE_ENV')) expect(configKeys).toContain(name);
});

test('every named volume and every service that is waited for is declared', () => {
  for (const { volumes = [], depends_on = {} } of Object.values(compose.services)) {
    const named = volumes.map((volume) => volume.split(':')[0] ?? '').filter((name) => !/^[./]/.test(name));
    for (const name of named) expect(Object.keys(compose.volumes)).toContain(name);
    for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name);
  }
});

test('what the image copies lies in the repository or is built', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?:--from=build \/app\/)?(\S+) \S+$/gm)].map(([, path]) => path ?? '');
  const sources = copied.filter((path) => path !== '.' && !path.startsWith('--from') && !path.endsWith('/dist'));
  expect(sources).toContain('scripts/healthcheck.mjs');
  for (const path of sources) expect(existsSync(inRepository(path)), path).toBe(true);
});
