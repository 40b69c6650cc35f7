import type { Request } from "express";
import { milesBetween, placeOf, type Place } from "../../world/areaCodes.ts";
import type { StockNumber } from "../../world/stock.ts";
import { text } from "../../http/format.ts";
import { refusal } from "../../http/errors.ts";

type Query = Request["query"];
type Test = (number: StockNumber) => boolean;

const usualMiles = 25;
const mostMiles = 500;

const placeFilters: [name: string, field: keyof Place][] = [
  ["InPostalCode", "postalCode"],
  ["InRegion", "region"],
  ["InRateCenter", "rateCenter"],
  ["InLata", "lata"],
  ["InLocality", "locality"],
];

/** In a place by its name or code. */
export function places(query: Query): Test {
  if (text(query.InRateCenter) && !text(query.InLata)) throw refusal(20001, "InRateCenter needs InLata");
  const wanted = placeFilters
    .map(([name, field]) => [field, text(query[name]).toLowerCase()] as const)
    .filter(([, value]) => value !== "");
  return ({ phoneNumber }) => {
    const place = placeOf(phoneNumber);
    return wanted.every(([field, value]) => String(place?.[field] ?? "").toLowerCase() === value);
  };
}

/** Around a number or a point. */
export function near(query: Query): Test {
  const centre = centreOf(query);
  const miles = Number(text(query.Distance) || usualMiles);
  if (!(miles >= 0 && miles <= mostMiles))
    throw refusal(20001, `Distance must be at most ${mostMiles} miles`);
  if (!centre) return () => true;
  return ({ phoneNumber }) => {
    const place = placeOf(phoneNumber);
    return place !== undefined && milesBetween(place, centre) <= miles;
  };
}

function centreOf(query: Query): { latitude: number; longitude: number } | undefined {
  const [number, point] = [text(query.NearNumber), text(query.NearLatLong)];
  if (number) return placeOf(number.replace(/[^\d+]/g, "")) ?? { latitude: 0, longitude: 0 };
  if (!point) return undefined;
  const [latitude = NaN, longitude = NaN] = point.split(",").map(Number);
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
    throw refusal(20001, `Invalid NearLatLong ${point}`);
  return { latitude, longitude };
}
