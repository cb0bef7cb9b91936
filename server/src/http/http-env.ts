import type { ApiClient } from '../dispatch/read-api-client.ts';
import type { SignedIn } from '../people/staff.ts';
import type { StaffActor } from '../platform/actor.ts';
import type { VehicleRow } from '../vehicles/known-vehicles.ts';

/** What the middlewares leave for the routes. `incoming` is the node server's; absent under `app.request()`. */
export interface HttpEnv {
  Bindings: { incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } } };
  Variables: {
    requestId: string;
    signedIn: SignedIn;
    staff: StaffActor;
    vehicle: VehicleRow;
    apiClient: ApiClient;
  };
}
