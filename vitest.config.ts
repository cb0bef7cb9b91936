import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import solid from 'vite-plugin-solid';
import { configDefaults, defineConfig } from 'vitest/config';

// The suffix of a test file says what it needs; the suite it belongs to follows from the suffix and the folder.
// tests/tooling/suites.test.ts holds that every test file belongs to exactly one suite.
const skipped = [...configDefaults.exclude, '**/.pentad/**'];
const withNeeds = '**/*.{pg,nats,proc,sim,long}.test.ts';
const ownFolders = ['tests/security/**', 'tests/install/**', 'tests/tooling/**'];
const long = '**/*.long.test.ts';

const servicesFile = fileURLToPath(new URL('tests/support/global-services.ts', import.meta.url));
const services = existsSync(servicesFile) ? { globalSetup: [servicesFile] } : {};
const patient = { testTimeout: 30_000, hookTimeout: 60_000 };
const oneAtATime = { fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      // Pure tests share nothing, so they may share a worker: half the time of a worker a file.
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['**/*.test.{ts,mjs}'],
          exclude: [...skipped, withNeeds, ...ownFolders],
        },
      },
      {
        plugins: [solid()],
        test: { name: 'ui', environment: 'jsdom', include: ['**/*.test.tsx'], exclude: skipped },
      },
      {
        test: {
          name: 'tooling',
          include: ['tests/tooling/**/*.test.ts'],
          exclude: skipped,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          include: ['**/*.pg.test.ts'],
          exclude: [...skipped, ...ownFolders],
          ...patient,
          ...services,
        },
      },
      {
        test: {
          name: 'nats',
          include: ['**/*.nats.test.ts'],
          exclude: [...skipped, ...ownFolders],
          ...patient,
          ...services,
        },
      },
      {
        test: {
          name: 'process',
          include: ['tests/faults/**/*.proc.test.ts'],
          exclude: skipped,
          ...patient,
          ...oneAtATime,
          ...services,
          testTimeout: 90_000,
        },
      },
      { test: { name: 'sim', include: ['tests/sim/**/*.sim.test.ts'], exclude: skipped, testTimeout: 90_000 } },
      {
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.e2e.ts'],
          exclude: skipped,
          ...patient,
          ...oneAtATime,
          ...services,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'security',
          include: ['tests/security/**/*.test.ts'],
          exclude: [...skipped, long],
          ...patient,
          ...services,
        },
      },
      {
        test: {
          name: 'install',
          include: ['tests/install/**/*.test.ts'],
          exclude: [...skipped, long],
          ...patient,
          ...oneAtATime,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          include: [long],
          exclude: skipped,
          ...patient,
          ...oneAtATime,
          ...services,
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});
