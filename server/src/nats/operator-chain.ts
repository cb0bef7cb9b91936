import { createAccount, createOperator, createUser, fromSeed, type KeyPair } from '@nats-io/nkeys';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** Every private key of the broker, all held by this server: who signs what, see the claims beside this file. */
export type OperatorChain = {
  operator: KeyPair;
  sysAccount: KeyPair;
  coreAccount: KeyPair;
  fleetAccount: KeyPair;
  /** Signs vehicle users, always within the scope FLEET's claims give it. */
  vehicleSigner: KeyPair;
  coreUser: KeyPair;
  sysUser: KeyPair;
};

const FILE_NAME = 'operator-chain.json';
const ChainSeeds = v.strictObject({
  operator: v.string(),
  sysAccount: v.string(),
  coreAccount: v.string(),
  fleetAccount: v.string(),
  vehicleSigner: v.string(),
  coreUser: v.string(),
  sysUser: v.string(),
});
type ChainSeeds = v.InferOutput<typeof ChainSeeds>;

export function makeOperatorChain(): OperatorChain {
  return {
    operator: createOperator(),
    sysAccount: createAccount(),
    coreAccount: createAccount(),
    fleetAccount: createAccount(),
    vehicleSigner: createAccount(),
    coreUser: createUser(),
    sysUser: createUser(),
  };
}

/** Loads the chain kept in `dir`, or makes and keeps one. A file that cannot be read is never replaced. */
export function loadOrMakeOperatorChain(dir: string): OperatorChain {
  const path = join(dir, FILE_NAME);
  if (existsSync(path)) return openChain(v.parse(ChainSeeds, JSON.parse(readFileSync(path, 'utf8'))));
  const chain = makeOperatorChain();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.partial`, JSON.stringify(listSeeds(chain)), { mode: 0o600, flush: true });
  renameSync(`${path}.partial`, path);
  return chain;
}

function listSeeds(chain: OperatorChain): ChainSeeds {
  return {
    operator: seedOf(chain.operator),
    sysAccount: seedOf(chain.sysAccount),
    coreAccount: seedOf(chain.coreAccount),
    fleetAccount: seedOf(chain.fleetAccount),
    vehicleSigner: seedOf(chain.vehicleSigner),
    coreUser: seedOf(chain.coreUser),
    sysUser: seedOf(chain.sysUser),
  };
}

function openChain(seeds: ChainSeeds): OperatorChain {
  return {
    operator: keyOf(seeds.operator),
    sysAccount: keyOf(seeds.sysAccount),
    coreAccount: keyOf(seeds.coreAccount),
    fleetAccount: keyOf(seeds.fleetAccount),
    vehicleSigner: keyOf(seeds.vehicleSigner),
    coreUser: keyOf(seeds.coreUser),
    sysUser: keyOf(seeds.sysUser),
  };
}

function seedOf(key: KeyPair): string {
  return new TextDecoder().decode(key.getSeed());
}

function keyOf(seed: string): KeyPair {
  return fromSeed(new TextEncoder().encode(seed));
}
