import { caseSubject } from '@pentad/protocol/subjects';
import type { Broker } from './app-broker.ts';
import type { Core } from './app-core.ts';
import type { FeedPointer } from './events/feed-pointer.ts';
import { errorFields } from './platform/logger.ts';

/** Frames to vehicles in the topic's order; a vehicle that misses one sees the gap and asks. */
export function createDownlinkSender({ downlink, log }: Core, broker: Broker): (pointer: FeedPointer) => void {
  let sent: Promise<void> = Promise.resolve();
  const send = async (pointer: FeedPointer): Promise<void> => {
    try {
      const frame = await downlink.frame(pointer);
      if (frame) broker.link.connection.publish(caseSubject(frame.vehicle), JSON.stringify(frame));
    } catch (error) {
      log.warn('downlink.not-sent', errorFields(error));
    }
  };
  return (pointer) => {
    sent = sent.then(() => send(pointer));
  };
}
