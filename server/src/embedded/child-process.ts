import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { SystemUser } from './postgres-user.ts';
import { openProcessLog } from './process-log-file.ts';

export type RunningChild = ChildProcess & { pid: number };

export type ChildCommand = {
  program: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logPath: string;
  user: SystemUser | null;
};

/** Starts a long-running child in a session of its own: Ctrl-C in the terminal is for the server, which stops it last. */
export async function startChild({ program, args, cwd, env, logPath, user }: ChildCommand): Promise<RunningChild> {
  const logFd = openProcessLog(logPath);
  try {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', logFd, logFd], detached: true, ...user });
    await once(child, 'spawn');
    if (!hasPid(child)) throw new Error(`${program} has no process id`);
    return child;
  } finally {
    closeSync(logFd);
  }
}

/** Whether the child has ended, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function hasPid(child: ChildProcess): child is RunningChild {
  return child.pid !== undefined;
}
