import type { Db } from '../db/transaction.ts';
import type { Clock, Ids } from '../platform/ports.ts';

/** What every verb about people stands on. `kind` is the installation's: demo acts exist only where it is 'demo'. */
export interface PeoplePorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly kind: 'demo' | 'production';
}
