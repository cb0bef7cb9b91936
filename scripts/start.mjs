// `npm start`: installs what is missing, builds what is stale, runs the server with its own PostgreSQL and NATS, and
// twelve demo ambulances. Ctrl-C leaves nothing running; a second start keeps the data.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = path.resolve(process.env.PENTAD_DATA_DIR ?? path.join(root, '.pentad'));
const port = process.env.HTTP_PORT ?? '8080';
const isQuiet = process.argv.includes('--quiet-demo');
const STOP_WITHIN_MS = 5_000;
const startedAtMs = performance.now();

const children = [];
let isStopping = false;

const seconds = (fromMs) => `${((performance.now() - fromMs) / 1000).toFixed(1)} s`;
const tick = (text, fromMs) => console.log(`  ✓ ${text.padEnd(34)} ${seconds(fromMs).padStart(7)}`);

function fail(message, logFile) {
  console.error(`\n  ✗ ${message}`);
  if (logFile) console.error(`    日志 / log: ${path.relative(process.cwd(), logFile)}`);
  stop(1);
}

function installIfMissing() {
  if (existsSync(path.join(root, 'node_modules/.package-lock.json'))) return;
  const fromMs = performance.now();
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (npm.status !== 0) fail('npm ci did not succeed');
  else tick('依赖 / dependencies', fromMs);
}

function run(name, script, args, env) {
  const logFile = path.join(dataDir, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
    // Its own group: Ctrl-C reaches this process alone, which then stops the others in order.
    detached: true,
  });
  children.push(child);
  child.on('exit', (code, signal) => {
    if (!isStopping) fail(`${name} 已退出 / ended (${signal ?? code})`, logFile);
  });
  return { child, logFile };
}

function stop(code = 0) {
  if (isStopping) return;
  isStopping = true;
  const alive = () => children.filter((child) => child.exitCode === null && child.signalCode === null);
  const order = [...children].reverse();
  const finish = () => process.exit(code);
  if (alive().length === 0) finish();
  for (const child of order) {
    child.once('exit', () => alive().length === 0 && finish());
    child.kill('SIGTERM');
  }
  setTimeout(() => {
    for (const child of alive()) child.kill('SIGKILL');
    finish();
  }, STOP_WITHIN_MS);
}

const waitReady = (child, onStep) =>
  new Promise((resolve) => {
    child.on('message', (message) => {
      if (message.step) onStep(message.step);
      if (message.ready) resolve(message.ready);
    });
  });

process.on('SIGINT', () => {
  console.log('\n  正在停止 / stopping …');
  stop(0);
});
process.on('SIGTERM', () => stop(0));

console.log('\n  五中心联动 Pentad\n');
installIfMissing();
const buildFromMs = performance.now();
const { buildAll } = await import('./build.mjs');
await buildAll().catch((error) => fail(error.message));
tick('控制台 / console', buildFromMs);

if (!isStopping) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  let stepFromMs = performance.now();
  const names = { postgres: 'PostgreSQL', nats: 'NATS', server: '服务 / server' };
  const server = run('server', path.join(root, 'server/dist/main.js'), [], {
    PENTAD_DATA_DIR: dataDir,
    HTTP_PORT: port,
    PENTAD_KIND: process.env.PENTAD_KIND ?? 'demo',
  });
  const ready = await waitReady(server.child, (step) => {
    tick(names[step] ?? step, stepFromMs);
    stepFromMs = performance.now();
  });
  const vehiclesDir = path.join(dataDir, 'vehicles');
  if (existsSync(vehiclesDir)) {
    const settings = path.join(dataDir, 'fleet.json');
    const config = {
      vehiclesDir,
      natsUrl: ready.natsUrl,
      serverUrl: `http://127.0.0.1:${port}`,
      recordingsDir: path.join(root, 'fixtures/recordings'),
      demoDir: path.join(root, 'fixtures/demo'),
      isQuiet,
    };
    writeFileSync(settings, JSON.stringify(config, null, 2));
    const fleet = run('fleet', path.join(root, 'ambulance-client/agent/dist/fleet-main.js'), [settings], {});
    await waitReady(fleet.child, () => undefined);
    tick('演示区域 12 辆车 / demo region', stepFromMs);
  }
  console.log(`\n  打开 / open  ${ready.address}   (${seconds(startedAtMs)})`);
  console.log(
    '  演示身份一点即入,人物与病例均为虚构，体征与心电取自公开录制数据 / one tap signs in; people and cases are\n  invented, vitals and ECGs are replayed recordings. Ctrl-C 停止 / stops.\n',
  );
}
