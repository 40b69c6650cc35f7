/** A place that somebody sent instead of words, as WhatsApp's webhooks tell it: degrees, and names where it has any. */
export interface SharedLocation {
  latitude: number;
  longitude: number;
  label: string;
  address: string;
}

/** "Location: Shop, 12 Main Street (36.1699, -115.1398)" */
export function locationInWords({ latitude, longitude, label, address }: SharedLocation): string {
  const degrees = `${latitude}, ${longitude}`;
  const names = [label, address].map((name) => name.trim()).filter((name) => name !== "");
  return names.length > 0 ? `Location: ${names.join(", ")} (${degrees})` : `Location: ${degrees}`;
}
