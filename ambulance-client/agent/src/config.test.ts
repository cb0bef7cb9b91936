import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const needed = {
  PENTAD_VEHICLE_DIR: '/data/vehicle',
  PENTAD_SERVER_URL: 'https://pentad.example',
  NATS_URL: 'tls://pentad.example:4222,wss://pentad.example/nats',
};

test('three settings are enough; the rest has defaults', () => {
  expect(readConfig(needed)).toEqual({
    vehicleDir: '/data/vehicle',
    journalDir: '/data/vehicle/journal',
    serverUrl: 'https://pentad.example',
    natsUrl: 'tls://pentad.example:4222,wss://pentad.example/nats',
    natsCaFile: null,
    maxJournalBytes: 1_024 * 1_024 * 1_024,
    apiPort: 8_181,
    logLevel: 'info',
  });
});

test.each([
  ['PENTAD_VEHICLE_DIR', undefined],
  ['PENTAD_SERVER_URL', 'pentad'],
  ['NATS_URL', ''],
  ['NATS_URL', 'http://pentad.example'],
  ['NATS_URL', 'ws://pentad.example/nats'],
  ['NATS_URL', 'tls://pentad.example:4222,'],
  ['AGENT_PORT', '99999'],
  ['PENTAD_JOURNAL_MAX_MB', '1'],
  ['LOG_LEVEL', 'loud'],
])('%s = %s stops the start and names the variable', (name, value) => {
  expect(() => readConfig({ ...needed, [name]: value })).toThrow(`${name} is missing or invalid`);
});
