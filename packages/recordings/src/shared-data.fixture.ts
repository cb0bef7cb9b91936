import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real recordings beside the repository; not part of it. */
export const sharedData =
  process.env['PENTAD_SHARED_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

export const isSharedDataHere = existsSync(join(sharedData, 'check/wfdb_check.py'));
/** The reference decoders are Python programs. */
export const isCheckHere = isSharedDataHere && spawnSync('python3', ['--version']).status === 0;

export const notRun = [
  ...(isSharedDataHere ? [] : [`NOT RUN: real recordings, ${sharedData} is absent`]),
  ...(isCheckHere ? [] : ['NOT RUN: comparison with the reference decoders, which need the recordings and python3']),
];

export const bytesOf = (...path: readonly string[]): Uint8Array => readFileSync(join(sharedData, ...path));

/** Every file of a folder by its name. */
export const filesOf = (folder: string): Map<string, Uint8Array> =>
  new Map(readdirSync(join(sharedData, folder)).map((name) => [name, bytesOf(folder, name)]));

export const headersIn = (...folders: readonly string[]): string[] =>
  !isSharedDataHere
    ? []
    : folders.flatMap((folder) =>
        readdirSync(join(sharedData, folder))
          .filter((name) => name.endsWith('.hea'))
          .map((name) => join(folder, name)),
      );

const run = (program: string, paths: readonly string[]): string =>
  execFileSync('python3', ['-c', program, join(sharedData, 'check'), ...paths.map((path) => join(sharedData, path))], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });

// A line a trace: file, index of the trace, number of samples, sha256 of them as int16 with -32768 for "no sample".
const SHARED = `
import sys, os, hashlib, struct
sys.path.insert(0, sys.argv[1])
def show(p, i, x): print(os.path.basename(p), i, len(x), hashlib.sha256(struct.pack('<%dh' % len(x), *x)).hexdigest())
`;
const WFDB = `${SHARED}
import wfdb_check
for p in sys.argv[2:]:
    H, ok = wfdb_check.read(p)
    if H['multi']: continue
    for i, s in enumerate(H['sig']):
        show(p, i, [-32768 if v == s['inv'] else v for v in s['x']] if s['x'] else [])
`;
const SIERRA = `${SHARED}
import sierra_check
for p in sys.argv[2:]:
    for i, x in enumerate(sierra_check.decode(p)[2]): show(p, i, x)
`;

/** What the reference decoders of `check/` make of the files: a line a trace. */
export const checkedWfdb = (paths: readonly string[]): string[] => run(WFDB, paths).trim().split('\n');
export const checkedSierra = (paths: readonly string[]): string[] => run(SIERRA, paths).trim().split('\n');
