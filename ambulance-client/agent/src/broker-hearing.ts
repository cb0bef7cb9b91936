import { Receipt } from '@pentad/protocol/receipt';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import * as v from 'valibot';
import { codeOf } from './agent-error.ts';
import type { Downlink } from './cases/downlink.ts';
import type { Conversation } from './link/conversation.ts';
import type { LinkState } from './link/link-state.ts';
import type { BrokerListener, Log } from './ports.ts';
import type { ReceiptDesk } from './uplink/receipt-desk.ts';
import type { SecondPathRunner } from './uplink/second-path-runner.ts';
import type { UplinkEngine } from './uplink/uplink-engine.ts';

export interface HearingParts {
  readonly link: LinkState;
  readonly conversation: Conversation;
  readonly engine: UplinkEngine;
  readonly downlink: Downlink;
  readonly receipts: ReceiptDesk;
  readonly secondPathRunner: SecondPathRunner;
  readonly log: Log;
}

/** What the broker connection tells, passed on to whom it concerns. A fault in hearing never reaches the connection. */
export function brokerHearing(parts: HearingParts): BrokerListener {
  const { link, conversation, engine, downlink, receipts, secondPathRunner, log } = parts;
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      log.error('link.hearing-failed', { code: codeOf(error) });
    }
  };
  const hearReceipt = (bytes: Uint8Array): void => {
    const parsed = parseBoundedJson(bytes);
    const read = parsed.ok ? v.safeParse(Receipt, parsed.value) : null;
    if (read?.success) receipts.apply(read.output);
    else receipts.unreadable();
  };
  return {
    connected: () =>
      guarded(() => {
        log.info('link.connected');
        link.connected();
        downlink.linkUp();
        conversation.linkUp();
        engine.linkUp();
      }),
    disconnected: () =>
      guarded(() => {
        log.warn('link.disconnected');
        link.disconnected();
        downlink.linkDown();
        conversation.linkDown();
        engine.linkDown();
        secondPathRunner.tick();
      }),
    downlink: (kind, bytes) => guarded(() => (kind === 'rcpt' ? hearReceipt(bytes) : downlink.receive(bytes))),
  };
}
