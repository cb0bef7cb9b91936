import type { NatsConnection } from '@nats-io/transport-node';
import { AskDownlink, AskHeld, AskHello, AskJob, AskTime, Heartbeat } from '@pentad/protocol/ask';
import { lanes } from '@pentad/protocol/lane';
import { readAskSubject, serverSubjects } from '@pentad/protocol/subjects';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import * as v from 'valibot';
import type { DispatchDoor } from '../dispatch/dispatch-door.ts';
import type { VehicleDownlink } from '../vehicles/vehicle-downlink.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock } from '../platform/ports.ts';
import type { UplinkStore } from '../uplink/ports.ts';
import { heldReceipt } from '../uplink/receipts.ts';
import type { KnownVehicles } from '../vehicles/known-vehicles.ts';

export interface AskPorts {
  readonly connection: NatsConnection;
  readonly store: UplinkStore;
  readonly downlink: VehicleDownlink;
  readonly dispatch: Pick<DispatchDoor, 'readJobCard'>;
  readonly vehicles: KnownVehicles;
  readonly clock: Clock;
  readonly log: Logger;
  onHeartbeat(vehicle: string, atMs: number): void;
}

/** Only an inbox the broker gave or a service import's reply is answered (broker.md). */
const isAnswerable = (reply: string | undefined): reply is string =>
  reply !== undefined && /^(_R_\.|_INBOX\.)/.test(reply);

async function answer(
  ports: AskPorts,
  ask: string,
  vehicle: string,
  value: unknown,
  receivedAtMs: number,
): Promise<object | null> {
  const own = (who: { vehicle: string }) => who.vehicle === vehicle;
  switch (ask) {
    case 'hb': {
      const beat = v.safeParse(Heartbeat, value);
      if (!beat.success || !own(beat.output)) return null;
      ports.onHeartbeat(vehicle, receivedAtMs);
      return { vehicle, sentAtMs: beat.output.sentAtMs, serverNowMs: ports.clock.nowMs() };
    }
    case 'time': {
      const asked = v.safeParse(AskTime, value);
      if (!asked.success || !own(asked.output)) return null;
      return { vehicle, t0Ms: asked.output.t0Ms, t1Ms: receivedAtMs, t2Ms: ports.clock.nowMs() };
    }
    case 'hello': {
      const hello = v.safeParse(AskHello, value);
      if (!hello.success || !own(hello.output)) return null;
      const { epoch, nonce } = hello.output;
      const isSecondEpoch = await ports.store.hearEpoch(vehicle, epoch);
      const horizon = await ports.store.horizon();
      const held = await ports.store.held(vehicle, epoch, 'evt', 1);
      const receipts = [heldReceipt(vehicle, epoch, 'evt', held, horizon)];
      const downlinkN = await ports.downlink.lastNumber(vehicle);
      return {
        vehicle,
        nonce,
        protocol: PROTOCOL_VERSION,
        horizon,
        isSecondEpoch,
        downlinkN,
        receipts,
        serverNowMs: ports.clock.nowMs(),
      };
    }
    case 'held': {
      const asked = v.safeParse(AskHeld, value);
      if (!asked.success || !own(asked.output)) return null;
      const { epoch, lane, from } = asked.output;
      if (!lanes.includes(lane)) return null;
      const held = await ports.store.held(vehicle, epoch, lane, from);
      return { receipt: heldReceipt(vehicle, epoch, lane, held, await ports.store.horizon()) };
    }
    case 'job': {
      const asked = v.safeParse(AskJob, value);
      if (!asked.success || !own(asked.output)) return null;
      const { caseId } = asked.output;
      return { vehicle, caseId, card: await ports.dispatch.readJobCard(vehicle, caseId) };
    }
    default: {
      const asked = v.safeParse(AskDownlink, value);
      if (!asked.success || !own(asked.output)) return null;
      return ports.downlink.page(vehicle, asked.output.after);
    }
  }
}

/** Heartbeats and asks of all vehicles; one instance of the group answers each. */
export function answerAsks(ports: AskPorts): { stop(): Promise<void> } {
  const encoder = new TextEncoder();
  const handle = async (subject: string, reply: string, data: Uint8Array): Promise<void> => {
    const receivedAtMs = ports.clock.nowMs();
    const asked = readAskSubject(subject);
    const parsed = parseBoundedJson(data);
    if (!asked || !parsed.ok || ports.vehicles.standing(asked.vehicle) !== 'known') return;
    const value = await answer(ports, asked.ask, asked.vehicle, parsed.value, receivedAtMs);
    if (value !== null) ports.connection.publish(reply, encoder.encode(JSON.stringify(value)));
  };
  const subscriptions = [serverSubjects.heartbeats, serverSubjects.asks].map((subject) =>
    ports.connection.subscribe(subject, {
      queue: 'answers',
      callback: (error, message) => {
        if (error || !isAnswerable(message.reply)) return;
        handle(message.subject, message.reply, message.data).catch((failure: unknown) =>
          ports.log.warn('ask.not-answered', errorFields(failure)),
        );
      },
    }),
  );
  return {
    stop: async () => {
      await Promise.all(subscriptions.map((subscription) => subscription.drain().catch(() => undefined)));
    },
  };
}
