/** Where the area codes that the sandbox sells in North America are. */
export interface Place {
  locality: string;
  region: string;
  postalCode: string;
  rateCenter: string;
  lata: string;
  latitude: number;
  longitude: number;
}

const place = (
  locality: string,
  region: string,
  postalCode: string,
  lata: string,
  latitude: number,
  longitude: number,
): Place => ({ locality, region, postalCode, rateCenter: locality.toUpperCase(), lata, latitude, longitude });

const places: Record<string, Place> = {
  501: place("Little Rock", "AR", "72201", "528", 34.7465, -92.2896),
  415: place("San Francisco", "CA", "94103", "722", 37.7749, -122.4194),
  212: place("New York", "NY", "10001", "132", 40.7128, -74.006),
  303: place("Denver", "CO", "80202", "656", 39.7392, -104.9903),
  512: place("Austin", "TX", "78701", "558", 30.2672, -97.7431),
  416: place("Toronto", "ON", "M5H", "888", 43.6532, -79.3832),
  604: place("Vancouver", "BC", "V5K", "888", 49.2827, -123.1207),
  514: place("Montreal", "QC", "H2Y", "888", 45.5017, -73.5673),
};

/** The place of a North American local number. */
export function placeOf(phoneNumber: string): Place | undefined {
  return phoneNumber.startsWith("+1") ? places[phoneNumber.slice(2, 5)] : undefined;
}

const earthMiles = 3_958.8;

/** Great-circle distance in miles. */
export function milesBetween(
  one: { latitude: number; longitude: number },
  other: { latitude: number; longitude: number },
): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const arc =
    half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) *
      Math.cos(radians(other.latitude)) *
      half(one.longitude, other.longitude);
  return 2 * earthMiles * Math.asin(Math.min(1, Math.sqrt(arc)));
}
