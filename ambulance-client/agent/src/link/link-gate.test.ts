import { expect, test } from 'vitest';
import { vehicleDay } from '../vehicle-day.fixture.ts';
import { LinkGate } from './link-gate.ts';

test('a closed gate lets nothing out or in, and opens as a reconnect', async () => {
  const { region } = vehicleDay();
  const gate = new LinkGate(region.broker, region.secondPath);
  const heard: string[] = [];
  gate.broker.start({
    connected: () => heard.push('up'),
    disconnected: () => heard.push('down'),
    downlink: (kind) => heard.push(kind),
  });
  region.connect();
  gate.close();
  region.push('rcpt', {});
  await expect(gate.broker.publish('evt', Buffer.from('{}'))).rejects.toThrow('link.gate-closed');
  await expect(gate.secondPath.uplink([])).rejects.toThrow('link.gate-closed');
  expect(gate.broker.isConnected()).toBe(false);
  gate.open();
  region.push('case', {});
  expect(heard).toEqual(['up', 'down', 'up', 'case']);
});
