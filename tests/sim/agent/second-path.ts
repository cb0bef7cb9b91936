import type { DownlinkPage } from '@pentad/protocol/downlink';
import { Receipt } from '@pentad/protocol/receipt';
import { mergeRanges, rangesOf } from '@pentad/protocol/seq-range';
import { shardOf } from '@pentad/server/shards/shard-of';
import type { ItemEnd } from '@pentad/server/uplink/uplink-entry';
import type { SecondPath } from '@pentad/agent/ports';
import * as v from 'valibot';
import type { Path } from '../network/path.ts';
import type { Instance } from '../server/instance.ts';
import type { Life } from '../world/life.ts';

export interface HttpPathOptions {
  readonly vehicle: string;
  readonly life: Life;
  readonly up: Path;
  readonly down: Path;
  readonly horizon: () => string;
  /** The instance a load balancer would choose; null: none lives. */
  readonly server: () => Instance | null;
  readonly onReceipt: (receipt: Receipt) => void;
  readonly onHeard: () => void;
}

const REQUEST_TIMEOUT_MS = 10_000;
const LONG_POLL_MS = 25_000;

function receiptsOf(vehicle: string, ends: readonly ItemEnd[], horizon: string): Receipt[] {
  const own = ends.flatMap((end) => (end.kind === 'given-up' || end.key === null ? [] : [{ end, key: end.key }]));
  return [...new Set(own.map(({ key }) => key.epoch))].map((epoch) => {
    const mine = own.filter(({ key }) => key.epoch === epoch);
    const shed = mine
      .flatMap(({ end }) => (end.kind === 'stored' ? end.shed : []))
      .flatMap(([lane, from, to]) => (lane === 'evt' ? [[from, to] as [number, number]] : []));
    return v.parse(Receipt, {
      vehicle,
      epoch,
      lane: 'evt',
      through: 0,
      ranges: rangesOf(mine.flatMap(({ end, key }) => (end.kind === 'stored' ? [key.seq] : []))),
      refused: mine.flatMap(({ end, key }) => (end.kind === 'refused' ? [{ seq: key.seq, code: end.code }] : [])),
      shed: mergeRanges(shed),
      horizon,
    });
  });
}

/** HTTPS to whatever instance answers: a batch of events, the response is the receipt; and the long poll down. */
export class HttpPath implements SecondPath {
  readonly #options: HttpPathOptions;

  constructor(options: HttpPathOptions) {
    this.#options = options;
  }

  probe(): Promise<boolean> {
    return this.#request(2_000, (_server, respond) => respond(true));
  }

  uplink(items: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    const { vehicle, horizon, onReceipt } = this.#options;
    return this.#request(REQUEST_TIMEOUT_MS, (server, respond) => {
      const ends: ItemEnd[] = [];
      for (const bytes of items) {
        server.receiver.receive({
          vehicle,
          road: 'evt',
          shard: shardOf(vehicle),
          bytes,
          end: (end) => {
            ends.push(end);
            if (ends.length < items.length) return;
            const receipts = receiptsOf(vehicle, ends, horizon());
            receipts.forEach(onReceipt);
            respond(receipts);
          },
        });
      }
    });
  }

  downlink(after: number): Promise<DownlinkPage> {
    const { vehicle } = this.#options;
    return this.#request(LONG_POLL_MS + REQUEST_TIMEOUT_MS, (server, respond) => {
      server.downlink
        .wait(vehicle, after, LONG_POLL_MS)
        .then(() => server.downlink.page(vehicle, after))
        .then(respond, () => undefined);
    });
  }

  uplinkMedia(): Promise<never> {
    return Promise.reject(new Error('not modelled'));
  }

  jobCard(): Promise<never> {
    return Promise.reject(new Error('not modelled'));
  }

  renewJwt(): Promise<never> {
    return Promise.reject(new Error('not modelled'));
  }

  stop(): void {
    this.#options.up.reset();
    this.#options.down.reset();
  }

  #request<T>(timeoutMs: number, act: (server: Instance, respond: (value: T) => void) => void): Promise<T> {
    const { life, up, down, server, onHeard } = this.#options;
    return new Promise((resolve, reject) => {
      const withdraw = life.after(timeoutMs, () => reject(new Error('timeout')));
      up.carry(() => {
        const instance = server();
        if (instance === null) {
          down.carry(() => life.deliver(() => reject(new Error('refused'))));
          return;
        }
        instance.life.deliver(() =>
          act(instance, (value) =>
            down.carry(() =>
              life.deliver(() => {
                withdraw();
                resolve(value);
                onHeard();
              }),
            ),
          ),
        );
      });
    });
  }
}
