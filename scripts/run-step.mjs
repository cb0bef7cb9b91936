import { spawn } from 'node:child_process';

const running = new Set();
const { FORCE_COLOR: _, ...inherited } = process.env;
const plainEnvironment = { ...inherited, NO_COLOR: '1' };

const stopGroup = (child, signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    for (const child of running) stopGroup(child, 'SIGTERM');
    setTimeout(() => {
      for (const child of running) stopGroup(child, 'SIGKILL');
      process.exit(130);
    }, 3000).unref();
    if (running.size === 0) process.exit(130);
  });

/**
 * Runs a command in a process group of its own and keeps its output. A command over `limitSeconds` is stopped with all
 * its children: a hang must not eat the time of the steps after it.
 */
export const runStep = ({ command, args, cwd, env = {}, limitSeconds = 600 }) =>
  new Promise((resolve) => {
    const startedAtMs = performance.now();
    const chunks = [];
    let wasStopped = false;
    const child = spawn(command, args, {
      cwd,
      env: { ...plainEnvironment, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    const limit = setTimeout(() => {
      wasStopped = true;
      stopGroup(child, 'SIGTERM');
      setTimeout(() => stopGroup(child, 'SIGKILL'), 5000).unref();
    }, limitSeconds * 1000);
    const finish = (code, note) => {
      clearTimeout(limit);
      running.delete(child);
      const output = Buffer.concat(chunks).toString('utf8').trimEnd();
      resolve({
        ok: code === 0 && !wasStopped,
        seconds: (performance.now() - startedAtMs) / 1000,
        output: [output, note, wasStopped ? `stopped after ${limitSeconds} s` : ''].filter(Boolean).join('\n'),
      });
    };
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });

/** The end of an output: enough to see what failed, short enough to read. */
export const tail = (output, lines) => {
  const all = output.split('\n');
  return all.length <= lines ? output : [`... ${all.length - lines} lines left out`, ...all.slice(-lines)].join('\n');
};

export const inSeconds = (value) => `${value.toFixed(1)} s`;
