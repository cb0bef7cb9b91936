import { expect, test } from 'vitest';
import { writeBrokerConfig, type BrokerConfigInput } from './broker-config.ts';

const input: BrokerConfigInput = {
  host: '127.0.0.1',
  port: 4222,
  operatorJwt: 'op.jwt',
  sys: { publicKey: 'ASYS', jwt: 'sys.jwt' },
  core: { publicKey: 'ACORE', jwt: 'core.jwt' },
  fleet: { publicKey: 'AFLEET', jwt: 'fleet.jwt' },
  resolverDir: '/data/nats/accounts',
  storeDir: '/data/nats/store',
  maxStoreBytes: 1_000,
  websocketPort: null,
  monitorPort: null,
};

test('the broker listens on loopback only, without WebSocket and monitoring unless asked', () => {
  expect(writeBrokerConfig(input)).toBe(`server_name: pentad
listen: "127.0.0.1:4222"
max_payload: 262144
ping_interval: "10s"
ping_max: 3
write_deadline: "15s"
authorization: { timeout: 15 }
operator: op.jwt
system_account: ASYS
resolver: { type: full, dir: "/data/nats/accounts", allow_delete: true, interval: "2m" }
resolver_preload: {
  ASYS: sys.jwt
  ACORE: core.jwt
  AFLEET: fleet.jwt
}
jetstream {
  store_dir: "/data/nats/store"
  max_memory_store: 67108864
  max_file_store: 1000
}
`);
});

test('WebSocket and monitoring are on loopback too', () => {
  const text = writeBrokerConfig({ ...input, websocketPort: 8443, monitorPort: 8222 });
  expect(text).toContain('websocket { listen: "127.0.0.1:8443", no_tls: true }');
  expect(text).toContain('http: "127.0.0.1:8222"');
});

test('a path with quotes and backslashes stays one value', () => {
  expect(writeBrokerConfig({ ...input, storeDir: '/a "b"\\c' })).toContain('store_dir: "/a \\"b\\"\\\\c"');
});
