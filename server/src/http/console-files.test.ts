import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bareHttpPorts } from './bare-http-ports.fixture.ts';
import { createHttpApp } from './http-app.ts';

describe('the console’s files', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pentad-console-'));
    await mkdir(join(directory, 'assets'));
    await writeFile(join(directory, 'index.html'), '<title>Pentad</title>');
    await writeFile(join(directory, 'assets', 'main-a1b2c3d4.js'), 'export {};');
    await writeFile(join(directory, 'base.pmtiles'), '0123456789');
  });
  afterEach(() => rm(directory, { recursive: true }));
  const page = { headers: { accept: 'text/html,application/xhtml+xml' } };
  const ask = (path: string, init: RequestInit = {}) =>
    createHttpApp(bareHttpPorts([], { staticDir: directory })).request(path, init);

  test('are served, hashed ones for ever, the page never from cache', async () => {
    const script = await ask('/assets/main-a1b2c3d4.js');
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const index = await ask('/', page);
    expect(await index.text()).toContain('Pentad');
    expect(index.headers.get('cache-control')).toBe('no-cache');
    expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('can be read in part: the base map is', async () => {
    const part = await ask('/base.pmtiles', { headers: { range: 'bytes=2-4' } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe('234');
  });

  test('answer every view’s URL with the console, but no API path and no missing file', async () => {
    expect(await (await ask('/cases/019b76da', page)).text()).toContain('Pentad');
    expect((await ask('/v1/no-such-route', page)).status).toBe(404);
    expect((await ask('/assets/gone-a1b2c3d4.js')).status).toBe(404);
    expect((await createHttpApp(bareHttpPorts([])).request('/', page)).status).toBe(404);
  });

  test.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fetc/passwd', '/..%5cpackage.json'])(
    'never leave their directory: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );
});
