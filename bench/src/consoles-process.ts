import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ConsoleOrder } from './consoles/console-orders.ts';
import { openPage } from './consoles/product-pages.ts';
import { StallingPage } from './consoles/stalling-page.ts';
import { Tally } from './consoles/tally.ts';

/** All consoles of a run, apart from what serves them. */
const tally = new Tally();
const stalling = new StallingPage();
const sockets: WebSocket[] = [];
const PAGES_AT_ONCE = 8;

async function openPipe(url: string, consoles: number): Promise<void> {
  for (let console = 0; console < consoles; console += 1) {
    const socket = new WebSocket(`${url}/?console=${console}`, { perMessageDeflate: false });
    socket.on('message', (data) => tally.numerics(data as Buffer));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    sockets.push(socket);
  }
}

async function obey(order: ConsoleOrder): Promise<unknown> {
  switch (order.do) {
    case 'open-pipe':
      return openPipe(order.url, order.consoles);
    case 'open-product': {
      // The first page of each person signs in; the others find the session.
      const people = new Map(order.pages.map((page) => [page.login, page]));
      for (const page of people.values())
        sockets.push(await openPage(order.origin, { ...page, caseIds: [], deskId: null }, tally));
      for (const socket of sockets.splice(0)) socket.close(1000);
      const steady = order.pages.filter((page) => !page.isStalling);
      for (let from = 0; from < steady.length; from += PAGES_AT_ONCE) {
        const pages = steady.slice(from, from + PAGES_AT_ONCE);
        sockets.push(...(await Promise.all(pages.map((page) => openPage(order.origin, page, tally)))));
      }
      for (const page of order.pages) if (page.isStalling) await stalling.open(order.origin, page);
      return pause(300);
    }
    case 'count':
      stalling.tally.begin(order);
      return tally.begin(order);
    case 'report':
      return { ...tally.report(), stalledUpdates: stalling.tally.report().updates };
    case 'stall':
      return stalling.stall();
    case 'recover':
      return stalling.recover(order.origin);
    case 'close':
      stalling.close();
      for (const socket of sockets.splice(0)) socket.terminate();
      return undefined;
  }
}

process.on('message', (order: ConsoleOrder) => {
  obey(order).then(
    (answer) => process.send?.({ ok: true, answer: answer ?? null }),
    (error: unknown) => process.send?.({ ok: false, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
