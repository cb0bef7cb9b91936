import type { Desk, Hospital } from '@pentad/protocol/center';
import type { Region, Vehicle } from '@pentad/protocol/http-api';
import type { Locale } from '@pentad/ui/locale';
import type { Accessor } from 'solid-js';

/** Names and numbers of the region's hospitals, desks and vehicles; an id that is not known is shown as it is. */
export interface Places {
  readonly region: Accessor<Region | null>;
  readonly hospital: (hospitalId: string) => Hospital | undefined;
  readonly desk: (deskId: string) => Desk | undefined;
  readonly vehicle: (vehicle: string) => Vehicle | undefined;
  readonly hospitalName: (hospitalId: string) => string;
  readonly deskName: (deskId: string) => string;
  readonly callSign: (vehicle: string | null) => string;
}

export function createPlaces(region: Accessor<Region | null>, locale: Locale): Places {
  const hospital = (hospitalId: string) => region()?.hospitals.find((each) => each.hospitalId === hospitalId);
  const desk = (deskId: string) =>
    region()
      ?.hospitals.flatMap((each) => each.desks)
      .find((each) => each.deskId === deskId);
  const vehicle = (id: string) => region()?.vehicles.find((each) => each.vehicle === id);
  return {
    region,
    hospital,
    desk,
    vehicle,
    hospitalName: (hospitalId) => {
      const found = hospital(hospitalId);
      return found ? locale.pick(found.nameZh, found.nameEn) : hospitalId;
    },
    deskName: (deskId) => {
      const found = desk(deskId);
      return found ? locale.pick(found.nameZh, found.nameEn) : deskId;
    },
    callSign: (id) => {
      if (id === null) return locale.t('unit.none');
      const found = vehicle(id);
      return found ? locale.pick(found.callSignZh, found.callSignEn) : id;
    },
  };
}
