import type { WebSocket } from 'ws';

export interface SentMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What PageSocket needs of a socket; `bufferedAmount` is as slow as a test says. */
export class FakeSocket {
  readyState = 1;
  bufferedAmount = 0;
  isTerminated = false;
  closedWith: number | null = null;
  readonly sent: SentMessage[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text) as SentMessage);
  }

  terminate(): void {
    this.isTerminated = true;
    this.readyState = 3;
  }

  close(code: number): void {
    this.closedWith = code;
    this.readyState = 2;
  }

  asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
}
