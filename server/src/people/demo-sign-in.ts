import type { DemoIdentity } from '@pentad/protocol/http-api';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { PeoplePorts } from './people-ports.ts';
import { openSession, type NewSession } from './sign-in.ts';
import { demoStaff, staffByLogin } from './staff-store.ts';

const api = systemActor('api');
const notFound = () => new DomainError('not-found', 'demo.not-found', 'there is no such thing here');

const requireDemo = (ports: PeoplePorts): void => {
  if (ports.kind !== 'demo') throw notFound();
};

/** Everybody one may be in a demo installation. */
export async function listDemoIdentities(ports: PeoplePorts): Promise<DemoIdentity[]> {
  requireDemo(ports);
  return ports.db.withActor(api, demoStaff);
}

/** One click, no password; outside a demo installation it does not exist. */
export async function demoSignIn(ports: PeoplePorts, login: string): Promise<NewSession> {
  requireDemo(ports);
  const staff = await ports.db.withActor(api, (tx) => staffByLogin(tx, login));
  if (!staff || staff.isDisabled) throw notFound();
  return openSession(ports, staff, 'sign-in.demo', null);
}
