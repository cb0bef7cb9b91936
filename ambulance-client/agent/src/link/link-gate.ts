import { AgentError } from '../agent-error.ts';
import type { BrokerLink, BrokerListener, SecondPath } from '../ports.ts';

const closed = () => Promise.reject(new AgentError('unavailable', 'link.gate-closed'));

/** Stands before both ways out of the vehicle; while it is closed nothing passes, as in a tunnel. */
export class LinkGate {
  #isOpen = true;
  #isUp = false;
  #listener: BrokerListener | null = null;
  readonly broker: BrokerLink;
  readonly secondPath: SecondPath;

  constructor(broker: BrokerLink, path: SecondPath) {
    this.broker = {
      start: (listener) => {
        this.#listener = listener;
        broker.start({
          connected: () => {
            this.#isUp = true;
            if (this.#isOpen) listener.connected();
          },
          disconnected: () => {
            this.#isUp = false;
            if (this.#isOpen) listener.disconnected();
          },
          downlink: (kind, bytes) => {
            if (this.#isOpen) listener.downlink(kind, bytes);
          },
        });
      },
      isConnected: () => this.#isOpen && broker.isConnected(),
      publish: (road, bytes) => (this.#isOpen ? broker.publish(road, bytes) : closed()),
      ask: (ask, bytes, timeoutMs) => (this.#isOpen ? broker.ask(ask, bytes, timeoutMs) : closed()),
      ...(broker.measured ? { measured: broker.measured.bind(broker) } : {}),
      stop: () => broker.stop(),
    };
    this.secondPath = {
      probe: () => (this.#isOpen ? path.probe() : closed()),
      uplink: (items) => (this.#isOpen ? path.uplink(items) : closed()),
      downlink: (after) => (this.#isOpen ? path.downlink(after) : closed()),
      uplinkMedia: (item) => (this.#isOpen ? path.uplinkMedia(item) : closed()),
      jobCard: (caseId) => (this.#isOpen ? path.jobCard(caseId) : closed()),
      renewJwt: () => (this.#isOpen ? path.renewJwt() : closed()),
      stop: () => path.stop(),
    };
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#isUp) this.#listener?.disconnected();
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    if (this.#isUp) this.#listener?.connected();
  }
}
