import { MAX_PAYLOAD_BYTES } from './account-claims.ts';

/** An account as the broker knows it: its public key and its signed claims. */
export type SignedAccount = { publicKey: string; jwt: string };

export type BrokerConfigInput = {
  /** 127.0.0.1 for the embedded broker; 0.0.0.0 inside a container network. */
  host: string;
  port: number;
  operatorJwt: string;
  sys: SignedAccount;
  core: SignedAccount;
  fleet: SignedAccount;
  /** Apart from `storeDir`: wiping the streams must not forget a revocation. */
  resolverDir: string;
  storeDir: string;
  maxStoreBytes: number;
  /** Null: no WebSocket. Plain, on `host`: only the server's door at /nats comes here, and TLS ends before it. */
  websocketPort: number | null;
  /** Null: no HTTP monitoring. */
  monitorPort: number | null;
};

const MAX_STORE_MEMORY_BYTES = 64 * 1024 * 1024;

/** The whole text of the broker's configuration; monitoring listens on loopback. */
export function writeBrokerConfig(input: BrokerConfigInput): string {
  return [
    'server_name: pentad',
    `listen: "${input.host}:${input.port}"`,
    `max_payload: ${MAX_PAYLOAD_BYTES}`,
    'ping_interval: "10s"',
    'ping_max: 3',
    'write_deadline: "15s"',
    // The default of 2 s cuts a vehicle whose four round trips take longer (2 kB/s, 800 ms).
    'authorization: { timeout: 15 }',
    `operator: ${input.operatorJwt}`,
    `system_account: ${input.sys.publicKey}`,
    `resolver: { type: full, dir: ${quote(input.resolverDir)}, allow_delete: true, interval: "2m" }`,
    'resolver_preload: {',
    ...[input.sys, input.core, input.fleet].map(({ publicKey, jwt }) => `  ${publicKey}: ${jwt}`),
    '}',
    'jetstream {',
    `  store_dir: ${quote(input.storeDir)}`,
    `  max_memory_store: ${MAX_STORE_MEMORY_BYTES}`,
    `  max_file_store: ${input.maxStoreBytes}`,
    '}',
    ...(input.websocketPort === null
      ? []
      : [`websocket { listen: "${input.host}:${input.websocketPort}", no_tls: true }`]),
    ...(input.monitorPort === null ? [] : [`http: "127.0.0.1:${input.monitorPort}"`]),
    '',
  ].join('\n');
}

function quote(path: string): string {
  return JSON.stringify(path);
}
