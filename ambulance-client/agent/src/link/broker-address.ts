import { AgentError } from '../agent-error.ts';
import type { BrokerKind } from '../ports.ts';

export interface BrokerAddress {
  readonly kind: BrokerKind;
  readonly url: string;
  readonly host: string;
  /** TLS or nothing; of `nats://` the broker says so itself. */
  readonly isTlsOnly: boolean;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);
const kinds: Readonly<Record<string, BrokerKind>> = { nats: 'tls', tls: 'tls', ws: 'wss', wss: 'wss' };

function readAddress(text: string): BrokerAddress {
  const url = text.includes('://') ? text : `nats://${text}`;
  const [scheme = '', rest = ''] = url.split('://');
  const kind = kinds[scheme];
  // Read as http, whose host rules are known; a scheme of its own would leave the host as written.
  const host = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`).hostname : '';
  // What is not sealed on its way stays on this machine.
  if (kind === undefined || host === '' || (scheme === 'ws' && !loopback.has(host)))
    throw new AgentError('invalid', 'link.address-invalid');
  return { kind, url, host, isTlsOnly: scheme === 'tls' || scheme === 'wss' };
}

/** Addresses of brokers, separated by commas: `nats://` and `tls://` direct, `wss://` through the server's port, `ws://` on loopback. */
export const brokerAddresses = (text: string): readonly BrokerAddress[] =>
  text.split(',').map((one) => readAddress(one.trim()));
