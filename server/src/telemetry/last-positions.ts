import type { GeoPoint } from '@pentad/geo/geo-point';

/** The newest committed position of each vehicle this instance knows of: for ranking hospitals. */
export class LastPositions {
  readonly #byVehicle = new Map<string, { readonly point: GeoPoint; readonly measuredAtMs: number }>();

  note(item: { readonly vehicle: string; readonly measuredAtMs: number; readonly position: GeoPoint }): void {
    const known = this.#byVehicle.get(item.vehicle);
    if (known && known.measuredAtMs > item.measuredAtMs) return;
    this.#byVehicle.set(item.vehicle, { point: item.position, measuredAtMs: item.measuredAtMs });
  }

  timedOf(vehicle: string): { readonly point: GeoPoint; readonly measuredAtMs: number } | null {
    return this.#byVehicle.get(vehicle) ?? null;
  }

  of(vehicle: string): GeoPoint | null {
    return this.#byVehicle.get(vehicle)?.point ?? null;
  }
}
