import type { Context, MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { Clock } from '../platform/ports.ts';
import type { HttpEnv } from './http-env.ts';
import { TokenBuckets, type BucketSize } from './token-buckets.ts';

/** Sized for a hospital or a carrier behind one address, and for what a page or an agent does at its busiest. */
const sizes = {
  signIn: { burst: 60, perSecond: 2 },
  read: { burst: 80, perSecond: 20 },
  answer: { burst: 40, perSecond: 10 },
  vehicleDoor: { burst: 200, perSecond: 40 },
  vehicle: { burst: 60, perSecond: 10 },
  dispatchDoor: { burst: 60, perSecond: 20 },
  dispatch: { burst: 60, perSecond: 20 },
} as const satisfies Record<string, BucketSize>;
type LimitName = keyof typeof sizes;

const addressOf = (c: Context<HttpEnv>): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown';

const identityOf: Record<LimitName, (c: Context<HttpEnv>) => string> = {
  signIn: addressOf,
  vehicleDoor: addressOf,
  read: (c) => c.get('staff').staffId,
  answer: (c) => c.get('staff').staffId,
  vehicle: (c) => c.get('vehicle').vehicleId,
  dispatchDoor: addressOf,
  dispatch: (c) => c.get('apiClient').clientId,
};

export type RateLimits = Readonly<Record<LimitName, MiddlewareHandler<HttpEnv>>>;

export function createRateLimits(clock: Clock): RateLimits {
  const limit = (name: LimitName): MiddlewareHandler<HttpEnv> => {
    const buckets = new TokenBuckets(sizes[name], clock);
    return async (c, next) => {
      if (!buckets.take(identityOf[name](c))) throw new DomainError('limited', 'request.too-many', 'too many requests');
      await next();
    };
  };
  return {
    signIn: limit('signIn'),
    read: limit('read'),
    answer: limit('answer'),
    vehicleDoor: limit('vehicleDoor'),
    vehicle: limit('vehicle'),
    dispatchDoor: limit('dispatchDoor'),
    dispatch: limit('dispatch'),
  };
}
