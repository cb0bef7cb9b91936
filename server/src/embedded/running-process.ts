import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A live process; `startMark` tells it from a later process that got the same pid. */
export type RunningProcess = { pid: number; startMark: string; commandLine: string };

export type StopStep = { signal: NodeJS.Signals; waitMs: number };

const POLL_MS = 10;

/** What runs under this pid now, or null. A zombie counts as gone: an init that does not reap must not hold us up. */
export function readRunningProcess(pid: number): RunningProcess | null {
  return existsSync('/proc/self/stat') ? readFromProc(pid) : readFromPs(pid);
}

/** Sends the signals in turn, each with its own patience. True once the process is gone. */
export async function stopProcess(pid: number, steps: readonly StopStep[]): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!sendSignal(pid, signal)) return true;
    const deadlineMs = performance.now() + waitMs;
    while (performance.now() < deadlineMs) {
      if (isGone(pid)) return true;
      await pause(POLL_MS);
    }
  }
  return isGone(pid);
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (isErrorWithCode(error, 'ESRCH')) return false;
    throw error;
  }
}

function isGone(pid: number): boolean {
  if (!sendSignal(pid, 0)) return true;
  return existsSync('/proc/self/stat') && readFromProc(pid) === null;
}

function readFromProc(pid: number): RunningProcess | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may itself hold spaces and parentheses, so count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === undefined || state === 'Z' || state === 'X' || startTicks === undefined) return null;
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd();
    // Ticks count from the boot of this machine, and a container that starts again repeats small pids.
    return { pid, startMark: `${readBootId()}/${startTicks}`, commandLine };
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT') || isErrorWithCode(error, 'ESRCH')) return null;
    throw error;
  }
}

function readBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function readFromPs(pid: number): RunningProcess | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const match = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m.exec(line);
    if (match === null || match[1]?.startsWith('Z')) return null;
    return { pid, startMark: match[2] ?? '', commandLine: match[3] ?? '' };
  } catch {
    return null; // ps exits 1 when there is no such process
  }
}

export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
