import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNatsBinary } from './nats-binary.ts';
import { listNatsVersionWarnings } from './nats-version.ts';

let dir = '';
let toolsDir = '';
let dataDir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pentad-nats-binary-'));
  [toolsDir, dataDir] = [join(dir, 'tools'), join(dir, 'data')];
});
afterEach(() => rmSync(dir, { recursive: true }));

function writeProgram(path: string, ...lines: string[]): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}
const writeNatsServer = (path: string, version: string) => writeProgram(path, `echo "nats-server: v${version}"`);
const find = (explicitPath: string | null = null, systemDirs: string[] = []) =>
  findNatsBinary({ explicitPath, env: { PATH: toolsDir }, dataDir, systemDirs });

/** Stands for a Debian machine: the "package" holds a nats-server of that version. */
function writeDebianTools(version: string): void {
  writeProgram(join(toolsDir, 'apt-get'), `[ "$1 $2" = "download nats-server" ] && : > nats-server_${version}_all.deb`);
  const program = `printf '#!/bin/sh\\necho "nats-server: v${version}"\\n'`;
  const unpack = [`PATH=/usr/bin:/bin`, `mkdir -p "$3/usr/sbin"`, `${program} > "$3/usr/sbin/nats-server"`];
  writeProgram(join(toolsDir, 'dpkg'), ...unpack, 'chmod 755 "$3/usr/sbin/nats-server"');
}

test('a named path is taken, and nothing else when it is not a nats-server', async () => {
  const path = writeNatsServer(join(dir, 'mine'), '2.12.9');
  writeNatsServer(join(toolsDir, 'nats-server'), '2.13.0');
  expect(await find(path)).toEqual({ path, version: '2.12.9', warnings: [] });
  await expect(find(join(dir, 'missing'))).rejects.toThrow(/is not a nats-server/);
});

test('PATH comes before the directories of the system', async () => {
  const systemDir = join(dir, 'sbin');
  const system = writeNatsServer(join(systemDir, 'nats-server'), '2.12.8');
  expect((await find(null, [systemDir])).path).toBe(system);
  const onPath = writeNatsServer(join(toolsDir, 'nats-server'), '2.12.8');
  expect((await find(null, [systemDir])).path).toBe(onPath);
});

test('a file of that name that does not run is passed over', async () => {
  writeProgram(join(toolsDir, 'nats-server'), 'exit 1');
  const systemDir = join(dir, 'sbin');
  const path = writeNatsServer(join(systemDir, 'nats-server'), '2.12.8');
  expect((await find(null, [systemDir])).path).toBe(path);
});

test.runIf(process.platform === 'linux')('on Debian the package is unpacked into the data directory once', async () => {
  writeDebianTools('2.9.10');
  const first = await find();
  expect(first).toMatchObject({ path: join(dataDir, 'nats-server', 'usr', 'sbin', 'nats-server'), version: '2.9.10' });
  rmSync(join(toolsDir, 'apt-get'));
  expect(await find()).toEqual(first);
});

test('Homebrew is asked where it keeps the server', async () => {
  const path = writeNatsServer(join(dir, 'brew', 'bin', 'nats-server'), '2.12.8');
  writeProgram(join(toolsDir, 'brew'), `echo "${join(dir, 'brew')}"`);
  expect((await find()).path).toBe(path);
});

test('where there is none, the message says how to install it and nothing is left behind', async () => {
  await expect(find()).rejects.toThrow(/apt-get install nats-server.*brew install nats-server.*NATS_URL/s);
  expect(existsSync(join(dataDir, 'nats-server'))).toBe(false);
});

test.each(['2.9.10', '2.11.99', '2.12.6'])('%s is warned about', (version) => {
  expect(listNatsVersionWarnings(version)).toHaveLength(1);
});

test.each(['2.12.7', '2.12.10', '2.13.0', '3.0.0'])('%s is not warned about', (version) => {
  expect(listNatsVersionWarnings(version)).toEqual([]);
});
